// The question `contours`: where the loss of two weights is least on a ball of a norm.
#include "lab/contours.h"

#include "lab/questions.h"

namespace halflife {
namespace {

std::vector<double> PairsOf(const std::vector<Point>& points) {
  std::vector<double> pairs;
  for (const Point& point : points) pairs.insert(pairs.end(), {point.x, point.y});
  return pairs;
}

void AddTouches(const std::vector<Touch>& touches, Answer* answer) {
  std::vector<double>& places = answer->numbers["touches"];
  std::vector<double>& losses = answer->numbers["touch_losses"];
  std::vector<double>& decays = answer->numbers["touch_decays"];
  for (const Touch& touch : touches) {
    places.insert(places.end(), {touch.at.x, touch.at.y});
    losses.push_back(touch.loss);
    decays.push_back(touch.decay);
  }
  const Touch& best = touches.front();
  answer->numbers["best"] = {best.at.x, best.at.y};
  answer->Number("loss", best.loss);
  answer->Number("decay", best.decay);
  answer->Number("zeros", (best.at.x == 0 ? 1 : 0) + (best.at.y == 0 ? 1 : 0));
}

}  // namespace

Answer AskContours(const Question& question) {
  const Bowl bowl = BowlOf(question);
  const double level = question.Real("level", 0.01, 20, 0.5);
  const BallShape shape(question.Real("p", 0.5, 4, 2));
  const double radius = question.Real("radius", 0.01, 4, 1);
  const ContourScene scene{
      bowl, level, shape, radius, shape.Touches(bowl, radius), shape.Meet(bowl, level, radius)};
  Answer answer;
  AddTouches(scene.touches, &answer);
  answer.Number("centre_norm", shape.Norm(bowl.centre));
  answer.Number("inside", shape.Norm(bowl.centre) <= radius ? 1 : 0);
  answer.Number("first_radius", scene.meeting.first_radius);
  answer.numbers["first"] = PairsOf({scene.meeting.first});
  answer.numbers["crossings"] = PairsOf(scene.meeting.crossings);
  const ContourHandles handles = HandlesOf(scene);
  answer.numbers["handle_turn"] = PairsOf({handles.turn});
  answer.numbers["handle_stretch"] = PairsOf({handles.stretch});
  answer.numbers["handle_radius"] = PairsOf({handles.radius});
  SquareDrawing figure = DrawContours(scene);
  answer.Figure("figure", std::move(figure.drawing));
  answer.numbers["plot_wide"] = figure.wide;
  answer.numbers["plot_narrow"] = figure.narrow;
  answer.Figure("link", DrawDecayOfRadius(scene));
  return answer;
}

}  // namespace halflife
