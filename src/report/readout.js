// A line across a figure that follows pointer and arrow keys, for the report and the live page.

// `plot` takes the events, `count` is how many readings there are and `start` the first to be told;
// `drawing` gives the SVG that is seen and the x of each reading in it, `show` is given an index.
export function followReadings(plot, { count, start, drawing, show }) {
  let at = start;
  const go = (index) => {
    at = Math.max(0, Math.min(count - 1, index));
    show(at);
  };
  const nearest = (event) => {
    const { svg, x } = drawing();
    const box = svg.getBoundingClientRect();
    const pointer = ((event.clientX - box.left) * svg.viewBox.baseVal.width) / box.width;
    let best = 0;
    x.forEach((place, i) => {
      if (Math.abs(place - pointer) < Math.abs(x[best] - pointer)) best = i;
    });
    go(best);
  };
  const keys = {
    ArrowLeft: () => at - 1,
    ArrowRight: () => at + 1,
    Home: () => 0,
    End: () => count - 1,
  };
  Object.assign(plot, {
    tabIndex: 0,
    onpointermove: nearest,
    onpointerdown: nearest,
    onfocus: () => go(at),
    onkeydown: (event) => {
      if (!keys[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(keys[event.key]());
    },
  });
  plot.setAttribute('role', 'group');
}

// Puts the line of a drawing at x.
export function moveLine(svg, x) {
  const line = svg?.querySelector('.crosshair');
  if (!line) return;
  line.setAttribute('x1', x);
  line.setAttribute('x2', x);
  line.classList.add('on');
}
