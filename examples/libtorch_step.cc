// Trains a LibTorch module with halflife's optimizer in the place of torch::optim: Muon for the
// matrices, AdamW for the rest, each weight decayed by its own law.
#include <halflife/optimizer.h>
#include <torch/torch.h>

#include <cstdio>

halflife::ParameterKind KindOf(const std::string& name, const torch::Tensor& tensor) {
  if (name.ends_with("bias")) return halflife::ParameterKind::kBias;
  return tensor.dim() < 2 ? halflife::ParameterKind::kNorm : halflife::ParameterKind::kWeight;
}

int main() {
  torch::manual_seed(1);
  torch::nn::Sequential net(torch::nn::Linear(8, 32),
                            torch::nn::LayerNorm(torch::nn::LayerNormOptions({32})),
                            torch::nn::ReLU(), torch::nn::Linear(32, 1));
  std::vector<torch::Tensor> tensors;
  std::vector<halflife::Parameter> parameters;
  for (const auto& item : net->named_parameters()) {
    const torch::Tensor tensor = item.value();  // shares its memory with the module
    tensors.push_back(tensor);
    parameters.push_back({item.key(),
                          tensor.sizes().vec(),
                          KindOf(item.key(), tensor),
                          {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}});
  }
  const halflife::Group matrices{{.rule = "muon", .lr = 0.02},
                                 {.name = "matrices", .kinds = {halflife::ParameterKind::kWeight}}};
  const halflife::Group rest{{}, {.name = "rest"}};  // adamw unless a group says otherwise
  halflife::Optimizer optimizer(parameters, {{.lr = 0.01}, {.groups = {matrices, rest}}});
  std::printf("%s", optimizer.PlanText().c_str());

  const torch::Tensor x = torch::randn({256, 8});
  const torch::Tensor y = (x.slice(1, 0, 1) * x.slice(1, 1, 2)).contiguous();
  for (int step = 0; step <= 200; ++step) {
    net->zero_grad();
    const torch::Tensor loss = torch::mse_loss(net->forward(x), y);
    loss.backward();
    if (step % 50 == 0) std::printf("step %3d  loss %.4f\n", step, loss.item<float>());
    std::vector<std::span<const float>> gradients;
    for (const torch::Tensor& tensor : tensors) {
      const torch::Tensor& grad = tensor.grad();  // undefined: missing, and so skipped
      if (!grad.defined()) {
        gradients.emplace_back();
      } else {
        gradients.emplace_back(grad.data_ptr<float>(), static_cast<std::size_t>(grad.numel()));
      }
    }
    optimizer.Step(gradients);
  }
}
