"""The time scale of decay: time_scale.py FOLDER

Tunes a net on 2,000 and on 16,000 rows of Fashion-MNIST (make_data.py FOLDER writes them) at the
same decays, and compares by how much the best decay moves with how much the best averaging time
does, 1/(lr*decay) steps, counted in epochs. Writes time_scale.svg beside this file.
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "../../build/release/halflife")
ROWS = [2000, 16000]
FLAGS = ("--target y --model mlp --batch 32 --epochs 60 --decay 0.03:10:16 --full --seeds 3 "
         "--quiet").split()
COLOURS = ["#1f6fb2", "#c2542d"]


def tune(folder, rows):
    out = os.path.join(folder, "out_%d" % rows)
    subprocess.run([PROGRAM, "tune", os.path.join(folder, "fashion_%d.npz" % rows), "--out", out]
                   + FLAGS, check=True)
    with open(os.path.join(out, "result.json")) as file:
        result = json.load(file)
    points = []
    for point in result["grid"]:
        points.append((point["decay"], point["trained"]["averaging_time_epochs"],
                       point["validation"]["loss"]))
    return points


def lowest(points):
    return min(points, key=lambda point: point[2])


def panel(curves, at, left, title):
    """One panel of the figure: validation loss against column `at` of the points, both log-free
    in y, logarithmic in x."""
    import math
    width, height, top = 300, 220, 40
    xs = [math.log10(p[at]) for points in curves for p in points]
    ys = [p[2] for points in curves for p in points]
    x_of = lambda x: left + 45 + (math.log10(x) - min(xs)) / (max(xs) - min(xs)) * (width - 60)
    y_of = lambda y: top + (max(ys) - y) / (max(ys) - min(ys)) * height
    parts = ['<text x="%d" y="22" font-weight="bold">%s</text>' % (left + 45, title)]
    for k in range(math.ceil(min(xs)), math.floor(max(xs)) + 1):
        parts.append('<line x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}" stroke="#ddd"/>'
                     '<text x="{0:.1f}" y="{3}" text-anchor="middle">{4:g}</text>'.format(
                         x_of(10.0 ** k), top, top + height, top + height + 16, 10.0 ** k))
    for y in (min(ys), max(ys)):
        parts.append('<text x="%d" y="%.1f" text-anchor="end">%.2f</text>' % (left + 40, y_of(y) + 4, y))
    for points, colour, rows, dash in zip(curves, COLOURS, ROWS, ["", "6 3"]):
        line = " ".join("%.1f,%.1f" % (x_of(p[at]), y_of(p[2])) for p in points)
        best = lowest(points)
        parts.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2" '
                     'stroke-dasharray="%s"/>' % (line, colour, dash))
        parts.append('<circle cx="%.1f" cy="%.1f" r="5" fill="%s"/>' % (x_of(best[at]), y_of(best[2]), colour))
    return "\n".join(parts)


def figure(curves):
    key = "".join('<text x="%d" y="312" fill="%s">%s %s rows</text>' %
                  (60 + 180 * i, COLOURS[i], ["solid:", "dashed:"][i], format(rows, ","))
                  for i, rows in enumerate(ROWS))
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 325" font-family="sans-serif" '
            'font-size="12">\n<rect width="660" height="325" fill="#fff"/>\n%s\n%s\n%s\n'
            '<text x="500" y="312" text-anchor="middle">validation loss; dots: the lowest</text>\n</svg>\n'
            % (panel(curves, 0, 0, "decay"), panel(curves, 1, 330, "averaging time, epochs"), key))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: time_scale.py FOLDER")
    curves = [tune(sys.argv[1], rows) for rows in ROWS]
    best = [lowest(points) for points in curves]
    print("%8s %10s %22s %16s" % ("rows", "best decay", "averaging time, epochs", "validation loss"))
    for rows, (decay, epochs, loss) in zip(ROWS, best):
        print("%8d %10.3g %22.1f %16.4f" % (rows, decay, epochs, loss))
    apart = lambda a, b: max(a, b) / min(a, b)
    print("the best decay moves by a factor of %.2f, the best averaging time by %.2f" %
          (apart(best[0][0], best[1][0]), apart(best[0][1], best[1][1])))
    with open(os.path.join(HERE, "time_scale.svg"), "w") as file:
        file.write(figure(curves))


if __name__ == "__main__":
    main()
