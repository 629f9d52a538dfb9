#include "golden/snippets/cases.h"

#include "optim/groups.h"

namespace halflife::testing {
namespace {

struct Tensor {
  const char* name;
  ParameterKind kind;
  std::vector<std::int64_t> shape;
};

constexpr const char* kOddName = "a \"gain\" \\ with a name of more than forty characters";

const std::vector<Tensor>& Tensors() {
  static const std::vector<Tensor> kTensors = {{"layers.0.weight", ParameterKind::kWeight, {3, 4}},
                                               {"layers.0.bias", ParameterKind::kBias, {3}},
                                               {kOddName, ParameterKind::kNorm, {3}},
                                               {"layers.1.weight", ParameterKind::kWeight, {2, 3}},
                                               {"layers.1.bias", ParameterKind::kBias, {2}}};
  return kTensors;
}

OptimizerOptions With(const std::string& rule, DecayLaw law, double lr, double decay) {
  return {{.rule = rule, .lr = lr, .law = law, .decay = decay}, {}};
}

Schedule WarmedCosine() { return Schedule::WarmUp(5).Then(5, Schedule::Cosine(15, 1, 0.1)); }

class CaseList {
 public:
  void Add(const std::string& name, const OptimizerOptions& options) {
    TrainingSummary training;
    training.optimizer = options;
    std::vector<std::vector<float>> values = StartValues();
    const Assignment assignment = AssignGroups(SnippetParameters(&values), options);
    for (std::size_t i = 0; i < Tensors().size(); ++i) {
      const Tensor& tensor = Tensors()[i];
      training.parameters.push_back({tensor.name, tensor.kind, assignment.decayed[i] != 0,
                                     tensor.shape, assignment.group_of[i]});
    }
    cases.push_back({name, std::move(training)});
  }

  std::vector<SnippetCase> cases;
};

void AddRules(CaseList* list) {
  list->Add("adamw", With("adamw", DecayLaw::kDecoupled, 0.01, 0.1));
  OptimizerOptions betas = With("adamw", DecayLaw::kDecoupled, 0.01, 0.5);
  betas.options = {{"beta1", 0.8}, {"beta2", 0.95}, {"eps", 1e-6}};
  list->Add("adamw with betas", betas);
  OptimizerOptions all = With("adamw", DecayLaw::kDecoupled, 0.01, 0.5);
  all.policy = DecayPolicy::kAll;
  list->Add("adamw, all decayed", all);
  list->Add("adam", With("adam", DecayLaw::kCoupled, 0.01, 0.1));
  OptimizerOptions amsgrad = With("adam", DecayLaw::kDecoupled, 0.01, 0.1);
  amsgrad.options = {{"amsgrad", 1}};
  list->Add("adam decoupled, amsgrad", amsgrad);
  OptimizerOptions momentum = With("sgd", DecayLaw::kCoupled, 0.02, 0.1);
  momentum.options = {{"momentum", 0.9}};
  list->Add("sgd with momentum", momentum);
  momentum.options["dampening"] = 0.3;
  list->Add("sgd with dampening", momentum);
  OptimizerOptions rmsprop = With("rmsprop", DecayLaw::kCoupled, 0.01, 0.1);
  rmsprop.options = {{"momentum", 0.9}, {"centered", 1}};
  list->Add("rmsprop, centred", rmsprop);
  OptimizerOptions adagrad = With("adagrad", DecayLaw::kCoupled, 0.05, 0.1);
  adagrad.options = {{"lr_decay", 0.01}, {"initial_accumulator_value", 0.5}};
  list->Add("adagrad", adagrad);
  for (const char* rule : {"nadam", "radam", "adamax", "adadelta", "asgd"})
    list->Add(rule, With(rule, DecayLaw::kCoupled, 0.01, 0.1));
  list->Add("rprop", With("rprop", DecayLaw::kDecoupled, 0.01, 0.1));
}

void AddLaws(CaseList* list) {
  OptimizerOptions options = With("sgd", DecayLaw::kDecoupled, 0.02, 0.5);
  options.options = {{"momentum", 0.9}};
  list->Add("sgd decoupled", options);
  options = With("adamw", DecayLaw::kIndependent, 0.01, 0.02);
  options.lr_schedule = WarmedCosine();
  list->Add("adamw independent, warm-up and cosine", options);
  options.law = DecayLaw::kCorrected;
  options.decay = 0.5;
  list->Add("adamw corrected, warm-up and cosine", options);
  list->Add("adamw cautious", With("adamw", DecayLaw::kCautious, 0.01, 0.5));
  options = With("sgd", DecayLaw::kProximal, 0.02, 0.2);
  list->Add("sgd proximal", options);
  options.penalty = ProximalPenalty::kL1;
  list->Add("sgd proximal L1", options);
  options.penalty = ProximalPenalty::kElasticNet;
  options.l1_ratio = 0.25;
  list->Add("sgd proximal elastic net", options);
  options = With("adamw", DecayLaw::kProximal, 0.01, 0.5);
  options.penalty = ProximalPenalty::kGroupLasso;
  list->Add("adamw proximal group lasso", options);
  options.lr_schedule = Schedule::Linear(10, 0, 1);
  options.center = DecayCenter::kStart;
  list->Add("adamw proximal group lasso to the start, from lr 0", options);
  options = With("adam", DecayLaw::kDecoupled, 0.01, 0.5);
  options.center = DecayCenter::kStart;
  list->Add("adam decoupled to the start", options);
  options = With("sgd", DecayLaw::kCoupled, 0.02, 0.5);
  options.center = DecayCenter::kStart;
  options.decay_schedule = Schedule::Linear(20, 1, 0);
  list->Add("sgd coupled to the start, falling", options);
  options = With("adamw", DecayLaw::kProximal, 0.01, 0.5);
  options.penalty = ProximalPenalty::kL1;
  options.center = DecayCenter::kStart;
  list->Add("adamw proximal L1 to the start", options);
  list->Add("adamw without decay", With("adamw", DecayLaw::kNone, 0.01, 0.0));
}

void AddSchedulesAndClipping(CaseList* list) {
  OptimizerOptions options = With("adamw", DecayLaw::kDecoupled, 0.01, 0.5);
  options.lr_schedule = WarmedCosine();
  list->Add("adamw, warm-up and cosine", options);
  options.decay_schedule = Schedule::Cosine(20);
  options.clip_norm = 1;
  list->Add("adamw, cosine of both, clipped", options);
  options = With("sgd", DecayLaw::kCoupled, 0.05, 0.1);
  options.options = {{"momentum", 0.9}, {"nesterov", 1}};
  options.clip_norm = 2;
  options.lr_schedule = Schedule::OneCycle(20);
  list->Add("sgd nesterov, one cycle, clipped", options);
  options = With("sgd", DecayLaw::kCoupled, 0.05, 0.1);
  options.gradient_scale = 0.5;
  options.clip_norm = 1.5;
  options.clip_value = 0.25;
  options.lr_schedule = Schedule::Steps(0.5, 4);
  list->Add("sgd, scaled, clipped twice, steps", options);
  options.non_finite = NonFinite::kSkipStep;
  list->Add("sgd, skipping what is not finite", options);
  options = With("adam", DecayLaw::kCoupled, 0.01, 0.1);
  options.lr_schedule = Schedule::Polynomial(15, 2, 1, 0.2);
  options.decay_schedule = Schedule::Table({1, 0.5, 0.25});
  list->Add("adam, polynomial, decay by a table", options);
  options = With("sgd", DecayLaw::kProximal, 0.05, 0.2);
  options.penalty = ProximalPenalty::kL1;
  options.lr_schedule = Schedule::InverseSqrt(3);
  list->Add("sgd proximal L1, inverse root", options);
}

void AddGroups(CaseList* list) {
  OptimizerOptions options = With("adamw", DecayLaw::kDecoupled, 0.01, 0.5);
  options.groups.resize(3);
  options.groups[0].name = "first";
  options.groups[0].patterns = {"layers.0.*"};
  options.groups[0].lr_scale = 0.5;
  options.groups[1].name = "vectors";
  options.groups[1].max_dims = 1;
  options.groups[1].decay = 0.125;
  options.groups[1].lr_schedule = Schedule::Linear(10, 1, 0.5);
  options.groups[2].name = "rest";
  list->Add("adamw in groups", options);
  options = With("sgd", DecayLaw::kCoupled, 0.02, 0.1);
  options.options = {{"momentum", 0.9}};
  options.groups.resize(2);
  options.groups[0].name = "matrices";
  options.groups[0].min_dims = 2;
  options.groups[1].name = "vectors";
  options.groups[1].rule = "adam";
  options.groups[1].law = DecayLaw::kCautious;
  options.groups[1].kinds = {ParameterKind::kBias, ParameterKind::kNorm};
  options.groups[1].lr = 0.005;
  options.groups[1].decay = 0.25;
  list->Add("two rules", options);
  options = With("sgd", DecayLaw::kNone, 0.02, 0.1);
  options.law.reset();
  options.groups.resize(2);
  options.groups[0].name = "matrices";
  options.groups[0].min_dims = 2;
  options.groups[1].name = "vectors";
  options.groups[1].rule = "adamw";
  options.groups[1].decay = 0.5;
  list->Add("two rules with laws of their own", options);
  options = With("adamw", DecayLaw::kCautious, 0.01, 0.5);
  options.lr_schedule = WarmedCosine();
  options.groups.resize(2);
  options.groups[0].name = "first";
  options.groups[0].patterns = {"layers.0.*"};
  options.groups[0].lr_schedule = Schedule::Constant(1);
  options.groups[1].name = "rest";
  options.groups[1].decay = 0.25;
  list->Add("adamw cautious in groups, one constant", options);
}

}  // namespace

std::vector<SnippetCase> SnippetCases() {
  CaseList list;
  AddRules(&list);
  AddLaws(&list);
  AddSchedulesAndClipping(&list);
  AddGroups(&list);
  return std::move(list.cases);
}

std::vector<std::vector<float>> StartValues() {
  std::vector<std::vector<float>> values;
  for (std::size_t t = 0; t < Tensors().size(); ++t) {
    std::size_t count = 1;
    for (const std::int64_t size : Tensors()[t].shape) count *= static_cast<std::size_t>(size);
    values.emplace_back();
    for (std::size_t i = 0; i < count; ++i)
      values.back().push_back(static_cast<float>((i * 5 + t * 2) % 11) / 4 - 1.25F);
  }
  return values;
}

float SnippetGradient(std::size_t tensor, std::size_t i, int step) {
  return static_cast<float>((i * 7 + tensor * 3 + static_cast<std::size_t>(step) * 13) % 17) / 8 -
         1;
}

std::vector<Parameter> SnippetParameters(std::vector<std::vector<float>>* values) {
  std::vector<Parameter> parameters;
  for (std::size_t t = 0; t < Tensors().size(); ++t)
    parameters.push_back({Tensors()[t].name, Tensors()[t].shape, Tensors()[t].kind, (*values)[t]});
  return parameters;
}

}  // namespace halflife::testing
