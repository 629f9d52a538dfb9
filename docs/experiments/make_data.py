"""Writes the data of the experiments into a folder: make_data.py FOLDER

fashion_N.npz      N rows of Fashion-MNIST, x (N x 28 x 28 bytes) and y
digits_wrong.csv   data/digits.csv with 20 % of the labels replaced by another digit

Rows and wrong labels are drawn by a seed. Fashion-MNIST is Debian's dataset-fashion-mnist.
"""
import csv
import gzip
import os
import sys

import numpy

FASHION = "/usr/share/datasets/fashion-mnist/train-%s-ubyte.gz"
SEED = 1


def read_idx(name, head):
    with gzip.open(FASHION % name) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=head)


def write_fashion(folder, sizes):
    images = read_idx("images-idx3", 16).reshape(-1, 28, 28)
    labels = read_idx("labels-idx1", 8)
    order = numpy.random.default_rng(SEED).permutation(len(labels))
    for rows in sizes:
        numpy.savez(os.path.join(folder, "fashion_%d.npz" % rows), x=images[order[:rows]],
                    y=labels[order[:rows]])


def write_digits(folder, share):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../data/digits.csv"), newline="") as file:
        header, *rows = list(csv.reader(file))
    random = numpy.random.default_rng(SEED)
    for row in rows:
        if random.random() < share:
            row[-1] = str((int(row[-1]) + int(random.integers(1, 10))) % 10)
    with open(os.path.join(folder, "digits_wrong.csv"), "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_data.py FOLDER")
    os.makedirs(sys.argv[1], exist_ok=True)
    write_fashion(sys.argv[1], [2000, 16000])
    write_digits(sys.argv[1], 0.2)
