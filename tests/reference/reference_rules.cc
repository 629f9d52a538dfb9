#include "reference/reference_rules.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace halflife {
namespace {

using std::abs;
using std::max;
using std::min;
using std::pow;
using std::sqrt;

double Sign(double x) { return x > 0 ? 1 : (x < 0 ? -1 : 0); }

// Options by name, and state vectors that start at zero.
class Base : public ReferenceRule {
 public:
  explicit Base(ReferenceOptions options) : o(std::move(options)) {}
  Vec Step(double t, double lr, const Vec& w, const Vec& g) override {
    Vec step(w.size());
    for (Vec* slot : {&a, &b, &c, &d}) slot->resize(w.size());
    Prepare(t, lr);
    for (std::size_t i = 0; i < w.size(); ++i) step[i] = Element(i, t, lr, w[i], g[i]);
    return step;
  }
  virtual void Prepare(double /*t*/, double /*lr*/) {}
  virtual double Element(std::size_t i, double t, double lr, double w, double g) = 0;

 protected:
  ReferenceOptions o;
  Vec a, b, c, d;
};

class Sgd : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    const double mu = o["momentum"];
    Vec& velocity = a;
    velocity[i] = t == 1 ? g : mu * velocity[i] + (1 - o["dampening"]) * g;
    return lr * (o["nesterov"] != 0 ? g + mu * velocity[i] : velocity[i]);
  }
};

class Adam : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    const double b1 = o["beta1"], b2 = o["beta2"];
    Vec &m = a, &v = b, &v_max = c;
    m[i] = b1 * m[i] + (1 - b1) * g;
    v[i] = b2 * v[i] + (1 - b2) * g * g;
    v_max[i] = max(v_max[i], v[i]);
    const double m_hat = m[i] / (1 - pow(b1, t));
    const double v_hat = (o["amsgrad"] != 0 ? v_max[i] : v[i]) / (1 - pow(b2, t));
    return lr * m_hat / (sqrt(v_hat) + o["eps"]);
  }
};

class Nadam : public Base {
 public:
  using Base::Base;
  double Mu(double t) { return o["beta1"] * (1 - 0.5 * pow(0.96, t * o["momentum_decay"])); }
  void Prepare(double t, double /*lr*/) override { product_ = (t == 1 ? 1 : product_) * Mu(t); }
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    const double b1 = o["beta1"], b2 = o["beta2"];
    Vec &m = a, &v = b;
    m[i] = b1 * m[i] + (1 - b1) * g;
    v[i] = b2 * v[i] + (1 - b2) * g * g;
    const double denominator = sqrt(v[i] / (1 - pow(b2, t))) + o["eps"];
    return lr * (1 - Mu(t)) / (1 - product_) * g / denominator +
           lr * Mu(t + 1) / (1 - product_ * Mu(t + 1)) * m[i] / denominator;
  }

 private:
  double product_ = 1;
};

class Radam : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    const double b1 = o["beta1"], b2 = o["beta2"];
    Vec &m = a, &v = b;
    m[i] = b1 * m[i] + (1 - b1) * g;
    v[i] = b2 * v[i] + (1 - b2) * g * g;
    const double m_hat = m[i] / (1 - pow(b1, t));
    const double rho_inf = 2 / (1 - b2) - 1;
    const double rho = rho_inf - 2 * t * pow(b2, t) / (1 - pow(b2, t));
    if (rho <= 5) return lr * m_hat;
    const double r = sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho));
    return lr * m_hat * r * sqrt(1 - pow(b2, t)) / (sqrt(v[i]) + o["eps"]);
  }
};

class Adamax : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    Vec &m = a, &u = b;
    m[i] = o["beta1"] * m[i] + (1 - o["beta1"]) * g;
    u[i] = max(o["beta2"] * u[i], abs(g) + o["eps"]);
    return lr / (1 - pow(o["beta1"], t)) * m[i] / u[i];
  }
};

class Adagrad : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    Vec& s = a;
    if (t == 1) s[i] = o["initial_accumulator_value"];
    s[i] += g * g;
    return lr / (1 + (t - 1) * o["lr_decay"]) * g / (sqrt(s[i]) + o["eps"]);
  }
};

class Adadelta : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double /*t*/, double lr, double /*w*/, double g) override {
    const double rho = o["rho"];
    Vec &s = a, &moves = b;
    s[i] = rho * s[i] + (1 - rho) * g * g;
    const double move = sqrt(moves[i] + o["eps"]) / sqrt(s[i] + o["eps"]) * g;
    moves[i] = rho * moves[i] + (1 - rho) * move * move;
    return lr * move;
  }
};

class Rmsprop : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double /*t*/, double lr, double /*w*/, double g) override {
    const double alpha = o["alpha"];
    Vec &v = a, &mean = b, &momentum = c;
    v[i] = alpha * v[i] + (1 - alpha) * g * g;
    mean[i] = alpha * mean[i] + (1 - alpha) * g;
    const double spread = o["centered"] != 0 ? max(v[i] - mean[i] * mean[i], 0.0) : v[i];
    const double move = g / (sqrt(spread) + o["eps"]);
    momentum[i] = o["momentum"] * momentum[i] + move;
    return lr * momentum[i];
  }
};

class Rprop : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    Vec &size = a, &last = b;
    if (t == 1) size[i] = lr;
    // Sizes follow lr when a schedule moves it.
    if (t > 1) size[i] *= lr / lr_;
    if (i + 1 == a.size()) lr_ = lr;
    const double agree = Sign(g) * Sign(last[i]);
    const double factor = agree > 0 ? o["eta_plus"] : (agree < 0 ? o["eta_minus"] : 1);
    size[i] = min(max(size[i] * factor, o["step_min"]), o["step_max"]);
    if (agree < 0) g = 0;
    last[i] = g;
    return Sign(g) * size[i];
  }

 private:
  double lr_ = 1;
};

class Asgd : public Base {
 public:
  using Base::Base;
  double Element(std::size_t /*i*/, double t, double lr, double w, double g) override {
    const double eta = lr / pow(1 + o["lambd"] * lr * (t - 1), o["alpha"]);
    return eta * g + eta * o["lambd"] * w;
  }
};

class Lion : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double /*t*/, double lr, double /*w*/, double g) override {
    Vec& m = a;
    const double u = Sign(o["beta1"] * m[i] + (1 - o["beta1"]) * g);
    m[i] = o["beta2"] * m[i] + (1 - o["beta2"]) * g;
    return lr * u;
  }
};

class Adan : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    const double b1 = o["beta1"], b2 = o["beta2"], b3 = o["beta3"];
    Vec &m = a, &diff = b, &n = c, &last = d;
    const double change = t == 1 ? 0 : g - last[i];
    m[i] = b1 * m[i] + (1 - b1) * g;
    diff[i] = b2 * diff[i] + (1 - b2) * change;
    n[i] = b3 * n[i] + (1 - b3) * pow(g + b2 * change, 2);
    last[i] = g;
    const double denominator = sqrt(n[i] / (1 - pow(b3, t))) + o["eps"];
    return lr * (m[i] / (1 - pow(b1, t)) + b2 * diff[i] / (1 - pow(b2, t))) / denominator;
  }
};

class Ademamix : public Base {
 public:
  using Base::Base;
  double Element(std::size_t i, double t, double lr, double /*w*/, double g) override {
    const double b1 = o["beta1"], b2 = o["beta2"];
    double b3 = o["beta3"], alpha = o["alpha"];
    if (t < o["warmup"]) {
      const double f = t / o["warmup"];
      alpha *= f;
      b3 = min(b3,
               std::exp(std::log(b1) * std::log(b3) / ((1 - f) * std::log(b3) + f * std::log(b1))));
    }
    Vec &fast = a, &slow = b, &v = c;
    fast[i] = b1 * fast[i] + (1 - b1) * g;
    slow[i] = b3 * slow[i] + (1 - b3) * g;
    v[i] = b2 * v[i] + (1 - b2) * g * g;
    return lr * (fast[i] / (1 - pow(b1, t)) + alpha * slow[i]) /
           (sqrt(v[i] / (1 - pow(b2, t))) + o["eps"]);
  }
};

// In the paper's own variables x, y, z; the weights given are y.
class ScheduleFree : public Base {
 public:
  using Base::Base;
  void Prepare(double /*t*/, double lr) override {
    lr_ = lr;
    lr_max_ = max(lr_max_, lr);
    weights_ += lr_max_ * lr_max_;
    share_ = weights_ > 0 ? lr_max_ * lr_max_ / weights_ : 0;
  }
  double Element(std::size_t i, double t, double lr, double y, double g) override {
    Vec &x = a, &z = b, &v = c;
    if (t == 1) x[i] = z[i] = y;
    v[i] = o["beta2"] * v[i] + (1 - o["beta2"]) * g * g;
    z[i] -= lr * g / (sqrt(v[i] / (1 - pow(o["beta2"], t))) + o["eps"]);
    x[i] = (1 - share_) * x[i] + share_ * z[i];
    return y - Y(i);
  }
  Vec Pull(const Vec& pull) override {
    Vec moved(pull.size());
    for (std::size_t i = 0; i < pull.size(); ++i) {
      const double before = Y(i);
      b[i] -= pull[i];
      a[i] -= share_ * pull[i];
      moved[i] = before - Y(i);
    }
    return moved;
  }

 private:
  double Y(std::size_t i) { return o["beta1"] * a[i] + (1 - o["beta1"]) * b[i]; }
  double lr_ = 0, lr_max_ = 0, weights_ = 0, share_ = 0;
};

class Lamb : public Adam {
 public:
  using Adam::Adam;
  Vec Step(double t, double lr, const Vec& w, const Vec& g) override {
    Vec u = Adam::Step(t, 1, w, g);
    for (std::size_t i = 0; i < u.size(); ++i) u[i] += inner_decay * w[i];
    double ratio = 1;
    if ((decayed || o["always_adapt"] != 0) && Norm(w) > 0 && Norm(u) > 0)
      ratio = Norm(w) / Norm(u);
    for (double& x : u) x *= lr * ratio;
    return u;
  }
};

class Lars : public Base {
 public:
  using Base::Base;
  Vec Step(double t, double lr, const Vec& w, const Vec& g) override {
    ratio_ = 1;
    if ((decayed || o["always_adapt"] != 0) && Norm(w) > 0 && Norm(g) > 0) {
      ratio_ = o["trust"] * Norm(w) / (Norm(g) + inner_decay * Norm(w) + o["eps"]);
    }
    return Base::Step(t, lr, w, g);
  }
  double Element(std::size_t i, double /*t*/, double lr, double w, double g) override {
    Vec& velocity = a;
    velocity[i] = o["momentum"] * velocity[i] + ratio_ * (g + inner_decay * w);
    return lr * velocity[i];
  }

 private:
  double ratio_ = 1;
};

}  // namespace

std::unique_ptr<ReferenceRule> MakeReference(const std::string& rule,
                                             const ReferenceOptions& options,
                                             const std::vector<std::int64_t>& shape) {
  if (rule == "sgd") return std::make_unique<Sgd>(options);
  if (rule == "adam" || rule == "adamw") return std::make_unique<Adam>(options);
  if (rule == "nadam") return std::make_unique<Nadam>(options);
  if (rule == "radam") return std::make_unique<Radam>(options);
  if (rule == "adamax") return std::make_unique<Adamax>(options);
  if (rule == "adagrad") return std::make_unique<Adagrad>(options);
  if (rule == "adadelta") return std::make_unique<Adadelta>(options);
  if (rule == "rmsprop") return std::make_unique<Rmsprop>(options);
  if (rule == "rprop") return std::make_unique<Rprop>(options);
  if (rule == "asgd") return std::make_unique<Asgd>(options);
  if (rule == "lion") return std::make_unique<Lion>(options);
  if (rule == "adan") return std::make_unique<Adan>(options);
  if (rule == "ademamix") return std::make_unique<Ademamix>(options);
  if (rule == "schedule_free_adamw") return std::make_unique<ScheduleFree>(options);
  if (rule == "lamb") return std::make_unique<Lamb>(options);
  if (rule == "lars") return std::make_unique<Lars>(options);
  if (auto matrix_rule = MakeMatrixReference(rule, options, shape)) return matrix_rule;
  throw std::invalid_argument("no reference for " + rule + ": write one in tests/reference/");
}

}  // namespace halflife
