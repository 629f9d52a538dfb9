# Rscript make_sparse_golden.R > sparse.json: L1 and elastic-net fits by glmnet of shipped data sets
# whose columns are all numbers. Fold of a row: its number, from 0, modulo 5.
suppressPackageStartupMessages(library(glmnet))
options(digits = 17)
glmnet.control(fdev = 0, devmax = 1, mnlam = 1)

script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
data_folder <- file.path(dirname(script), "..", "..", "data")
number <- function(x) format(x, digits = 17, scientific = TRUE)
numbers <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")

# Columns by the means and population standard deviations of `train`; those constant there left out.
standardised <- function(x, train) {
  mean <- colMeans(x[train, , drop = FALSE])
  scale <- sqrt(colMeans(sweep(x[train, , drop = FALSE], 2, mean)^2))
  sweep(sweep(x, 2, mean), 2, scale, "/")[, scale > 1e-12 * abs(mean), drop = FALSE]
}

# Log loss of each row, `logits` a column a class.
log_loss <- function(logits, y) {
  top <- apply(logits, 1, max)
  top + log(rowSums(exp(logits - top))) - logits[cbind(seq_along(y), as.integer(y))]
}

# One loss a decay on `rows`, of the fit to `train`, and the weights that are not 0.
fitted <- function(x, y, family, ratio, decays, train, rows, thresh) {
  z <- standardised(x, train)
  lambda <- decays
  alpha <- ratio
  if (family == "gaussian") {  # glmnet fits y / sd(y): its L2 part is divided by sd(y)
    sd <- sqrt(mean((y[train] - mean(y[train]))^2))
    alpha <- ratio / (ratio + (1 - ratio) * sd)
    lambda <- decays * (ratio + (1 - ratio) * sd)
  }
  path <- sort(unique(c(lambda, exp(seq(log(max(lambda) * 20), log(min(lambda)), length.out = 60)))),
               decreasing = TRUE)  # larger ones first: each solution starts the next
  fit <- glmnet(z[train, ], y[train], family = family, alpha = alpha, lambda = path,
                standardize = FALSE, thresh = thresh, maxit = 1e8)
  stopifnot(length(fit$lambda) == length(path))
  at <- match(lambda, path)
  loss <- sapply(at, function(i) {
    if (family == "gaussian")
      return(mean((y[rows] - fit$a0[i] - z[rows, ] %*% fit$beta[, i])^2) / 2)
    if (family == "binomial")
      logits <- cbind(0, fit$a0[i] + z[rows, ] %*% fit$beta[, i])
    else
      logits <- sapply(seq_along(fit$beta), function(k) fit$a0[k, i] + z[rows, ] %*% fit$beta[[k]][, i])
    mean(log_loss(logits, y[rows]))
  })
  units <- c(alpha, lambda[1] / decays[1])
  nonzero <- sapply(at, function(i) if (family == "multinomial")
    sum(sapply(fit$beta, function(beta) sum(beta[, i] != 0))) else sum(fit$beta[, i] != 0))
  list(loss = loss, nonzero = nonzero, units = units)
}

entry <- function(dataset, target, family, ratio, decays, thresh = 1e-14) {
  table <- read.csv(file.path(data_folder, paste0(dataset, ".csv")), check.names = FALSE)
  y <- table[[target]]
  if (family != "gaussian") y <- factor(y)
  x <- as.matrix(table[, names(table) != target])
  fold <- (seq_along(y) - 1) %% 5
  every <- seq_along(y)
  all <- fitted(x, y, family, ratio, decays, every, every, thresh)
  held <- sapply(0:4, function(k)
    fitted(x, y, family, ratio, decays, which(fold != k), which(fold == k), thresh)$loss)
  paste0('{"dataset": "', dataset, '", "target": "', target, '", "l1_ratio": ', ratio,
         ', "glmnet_alpha": ', number(all$units[1]),
         ', "lambda_of_decay": ', number(all$units[2]), ',\n  "decays": ', numbers(decays), ',\n  "all_rows_loss": ', numbers(all$loss),
         ',\n  "validation": ', numbers(rowMeans(matrix(held, nrow = length(decays)))),
         ',\n  "nonzero": [', paste(all$nonzero, collapse = ", "), "]}")
}

cat('{"versions": {"R": "', as.character(getRversion()), '", "glmnet": "',
    as.character(packageVersion("glmnet")), '"},\n"entries": [\n', sep = "")
cat(paste(c(
  entry("diabetes", "progression", "gaussian", 1, c(20, 5, 1.5, 0.4, 0.05)),
  entry("diabetes", "progression", "gaussian", 0.5, c(1, 0.2, 0.05, 0.01)),
  entry("meats", "protein", "gaussian", 1, c(1, 0.3, 0.1, 0.03)),
  entry("breast_cancer", "diagnosis", "binomial", 1, c(0.1, 0.03, 0.01, 0.003)),
  entry("breast_cancer", "diagnosis", "binomial", 0.3, c(0.1, 0.01, 0.003)),
  entry("pd_speech", "class", "binomial", 1, c(0.1, 0.05, 0.03)),
  entry("digits", "digit", "multinomial", 1, c(0.05, 0.02, 0.01), 1e-12),
  entry("digits", "digit", "multinomial", 0.5, c(0.05, 0.02), 1e-12)), collapse = ",\n"))
cat("\n]}\n")
