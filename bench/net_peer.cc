#include "net_peer.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "die.h"

namespace halflife::bench {
Peer::Peer(const std::string& peer, int threads, const std::string& folder, int hidden) {
  int down[2];
  int up[2];
  // Closed in later peers: else none would see the end of its input while they live.
  if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0) Die("no pipe");
  child_ = fork();
  if (child_ < 0) Die("cannot start a process");
  if (child_ == 0) {
    dup2(down[0], STDIN_FILENO);
    dup2(up[1], STDOUT_FILENO);
    const std::string count = std::to_string(threads);
    const std::string units = std::to_string(hidden);
    execl("/usr/bin/python3", "python3", "bench/net_peers.py", peer.c_str(), count.c_str(),
          folder.c_str(), units.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(down[0]);
  close(up[1]);
  to_ = fdopen(down[1], "w");
  from_ = fdopen(up[0], "r");
  char line[64];
  if (std::fgets(line, sizeof(line), from_) == nullptr || std::string(line) != "ready\n")
    Die("the peer " + peer + " does not start; apt-get install python3-torch python3-sklearn");
}

Peer::~Peer() {
  std::fclose(to_);
  std::fclose(from_);
  waitpid(child_, nullptr, 0);
}

void Peer::Ask(int epochs, double decay, int seed) {
  fmt::print(to_, "{} {} {}\n", epochs, decay, seed);
  std::fflush(to_);
}

PeerAnswer Peer::Answer() {
  PeerAnswer answer;
  if (std::fscanf(from_, "%lf %lf %lf", &answer.seconds, &answer.train_loss, &answer.accuracy) != 3)
    Die("a peer ended");
  return answer;
}

}  // namespace halflife::bench
