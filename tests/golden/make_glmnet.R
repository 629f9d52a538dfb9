# Rscript make_glmnet.R FAMILY LAMBDA FOLDER: reads x.txt and y.txt, writes out.txt (intercept, then
# coefficients) in FOLDER, and prints the version of glmnet. Columns come already standardised.
suppressPackageStartupMessages(library(glmnet))
arguments <- commandArgs(trailingOnly = TRUE)
lambda <- as.numeric(arguments[2])
folder <- arguments[3]
x <- as.matrix(read.table(file.path(folder, "x.txt")))
y <- scan(file.path(folder, "y.txt"), quiet = TRUE)

path <- lambda * 10^(3:0)  # larger ones first: each solution starts the next
fit <- glmnet(x, y, family = arguments[1], alpha = 0, lambda = path, standardize = FALSE,
              thresh = 1e-30, maxit = 1e7)  # 1e-20 leaves errors of 2e-7 in diabetes' coefficients
stopifnot(length(fit$lambda) == length(path))
answer <- c(fit$a0[[length(path)]], as.numeric(fit$beta[, length(path)]))
writeLines(sprintf("%.17g", answer), file.path(folder, "out.txt"))
cat(as.character(packageVersion("glmnet")))
