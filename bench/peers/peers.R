# One peer of R on one work, in a process of its own:
#   Rscript peers.R FOLDER cv.glmnet|fread JOBS OUT FAMILY RATIO SD_Y METHOD PROBES THRESH
# Loads the data, fits or reads once with the clock on, and writes OUT as peers.py does. RATIO is the share of L1 (0:
# none), SD_Y the target's standard deviation, METHOD glmnet's type.gaussian or "default", PROBES decays or "", THRESH
# glmnet's.
given <- commandArgs(trailingOnly = TRUE)
folder <- given[1]
jobs <- as.integer(given[3])

numbers <- function(name) {
  path <- file.path(folder, name)
  readBin(path, "double", file.size(path) / 8)
}

json_list <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ", "), "]")

# What was fitted on all rows at one decay; classes are rows.
json_solution <- function(fit, lambda, decay) {
  weights <- coef(fit, s = lambda, exact = FALSE)
  if (!is.list(weights)) weights <- list(weights)
  rows <- vapply(weights, function(one) json_list(as.vector(one)[-1]), "")
  sprintf('{"decay": %.17g, "weights": [%s], "intercept": %s}', decay, paste(rows, collapse = ", "),
          json_list(vapply(weights, function(one) one[1], 0)))
}

# The mean over folds of held-out log losses at each lambda. cv.glmnet's own figure takes chances below 1e-5 for 1e-5.
log_losses <- function(cv, y, foldid) {
  held_out <- cv$fit.preval  # logits: rows x lambdas, or rows x classes x lambdas
  of_lambda <- function(at) {
    logits <- if (length(dim(held_out)) == 3) held_out[, , at] else cbind(0, held_out[, at])
    largest <- do.call(pmax, as.data.frame(logits))
    own <- logits[cbind(seq_along(y), match(y, sort(unique(y))))]
    mean(tapply(largest + log(rowSums(exp(logits - largest))) - own, foldid, mean))
  }
  vapply(seq_along(cv$lambda), of_lambda, 0)
}

fit_glmnet <- function() {
  suppressPackageStartupMessages({library(glmnet); library(doMC)})
  family <- given[5]
  ratio <- as.numeric(given[6])
  sd_y <- as.numeric(given[7])
  y <- numbers("y.bin")
  x <- matrix(numbers("x.bin"), nrow = length(y))
  foldid <- as.integer(numbers("fold.bin")) + 1L
  decays <- numbers("decays.bin")
  # For a numeric target glmnet's penalty is lambda * (alpha * |w| + (1 - alpha) / sd(y) / 2 * w^2).
  l2_part <- (1 - ratio) * if (family == "gaussian") sd_y else 1
  lambdas <- decays * (ratio + l2_part)
  options <- list(x = x, y = if (family == "gaussian") y else factor(y), foldid = foldid, family = family,
                  lambda = rev(lambdas), alpha = ratio / (ratio + l2_part), parallel = jobs > 1,
                  type.measure = if (family == "gaussian") "mse" else "deviance",
                  keep = family != "gaussian", thresh = if (length(given) > 9) as.numeric(given[10]) else 1e-7)
  if (given[8] != "default") options$type.gaussian <- given[8]
  if (jobs > 1) registerDoMC(jobs)
  seconds <- system.time(cv <- suppressWarnings(do.call(cv.glmnet, options)))[["elapsed"]]
  # A path may end early; a loss that is missing is NaN, which JSON of Python reads.
  loss <- rep(NaN, length(decays))
  loss[match(cv$lambda, lambdas)] <- if (family == "gaussian") cv$cvm / 2 else log_losses(cv, y, foldid)
  lambda_of <- function(decay) lambdas[which.min(abs(log(decays / decay)))]
  probes <- as.numeric(strsplit(given[9], ",")[[1]])
  best <- decays[which.min(abs(lambdas - cv$lambda.min))]
  solutions <- vapply(c(best, probes), function(d) json_solution(cv$glmnet.fit, lambda_of(d), d), "")
  sprintf('{"seconds": %.6f, "decays": %s, "loss": %s, "solutions": [%s]}', seconds, json_list(decays),
          json_list(loss), paste(solutions, collapse = ", "))
}

read_fread <- function() {
  library(data.table)
  setDTthreads(jobs)
  seconds <- system.time(
    table <- fread(file.path(folder, "data.csv"), showProgress = FALSE, nThread = jobs))[["elapsed"]]
  sprintf('{"seconds": %.6f, "rows": %d, "columns": %d}', seconds, nrow(table), ncol(table))
}

text <- if (given[2] == "fread") read_fread() else fit_glmnet()
cat(gsub("\\bNA\\b", "NaN", text), "\n", file = given[4], sep = "")
