// Decay laws: how weights shrink, apart from how a gradient moves them. See docs/optimizers.md.
#pragma once

#include <limits>
#include <span>
#include <string_view>

namespace halflife {

// eta: learning rate of the step; lambda: decay of the step; c: the centre, zero unless asked.
enum class DecayLaw {
  kNone,         // no decay
  kCoupled,      // g += lambda (w - c) first: the L2 penalty (torch's Adam and SGD)
  kDecoupled,    // w -= eta lambda (w - c): AdamW as PyTorch has it (arXiv:1711.05101)
  kIndependent,  // w -= s lambda (w - c), s the schedule's multiplier only (the paper's own AdamW)
  kCorrected,    // decoupled with eta^2 / eta_max in the place of eta (AdamC, arXiv:2506.02285)
  kCautious,     // decoupled, only where step and weight agree in sign (arXiv:2510.12402)
  kProximal,     // after the step, the exact proximal map of `penalty`: real zeros
};

// What the proximal law shrinks by; see halflife/penalty.h for values and gradients.
enum class ProximalPenalty {
  kL2,          // lambda / 2 ||w||^2
  kL1,          // lambda ||w||_1
  kElasticNet,  // lambda (ratio ||w||_1 + (1 - ratio) / 2 ||w||^2)
  kGroupLasso,  // lambda sqrt(n) ||row||, summed over the rows (first dimension) of n weights each
};

// What weights shrink toward.
enum class DecayCenter {
  kZero,
  kStart,  // the weights as they were when the optimizer was made (L2-SP, arXiv:1802.01483)
  kGiven,  // Parameter::center
};

// A law's names in listings, and what it does.
struct DecayLawSpec {
  DecayLaw law;
  std::string_view name;
  std::string_view formula;
  std::string_view source;
};

// Every law, in the order of the enum.
std::span<const DecayLawSpec> DecayLaws();

// What they are called in listings and state files: "decoupled"; "elastic net"; "start".
std::string_view Name(DecayLaw law);
std::string_view Name(ProximalPenalty penalty);
std::string_view Name(DecayCenter center);

}  // namespace halflife
