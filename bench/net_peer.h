// A peer of net_bench: net_peers.py in a process of its own, spoken to in lines.
#pragma once

#include <cstdio>
#include <string>

namespace halflife::bench {

struct PeerAnswer {
  double seconds = 0;
  double train_loss = 0;
  double accuracy = 0;  // percent
};

class Peer {
 public:
  // threads 0: as shipped. Ready, loaded and warm when this returns.
  Peer(const std::string& peer, int threads, const std::string& folder, int hidden);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  void Ask(int epochs, double decay, int seed);
  PeerAnswer Answer();

 private:
  int child_ = 0;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

}  // namespace halflife::bench
