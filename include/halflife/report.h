// What a result says: in words, as JSON, as a page, and as code to train with. It reads results and
// computes nothing. Every function here may be called from any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// The whole answer in one sentence or two: which decay, and what it does.
std::string AnswerText(const TuneResult& result, Language language = Language::kEnglish);

// What is to be known of the data and the decays tried, a sentence each.
std::vector<std::string> Notes(const TuneResult& result, Language language = Language::kEnglish);

// What is to be known of the comparison behind the verdict.
std::vector<std::string> VerdictNotes(const TuneResult& result,
                                      Language language = Language::kEnglish);

// What was odd about rows to predict for.
std::vector<std::string> Notes(const std::vector<InputFinding>& findings,
                               Language language = Language::kEnglish);

// "the loss became NaN in epoch 3".
std::string DivergenceText(const Divergence& divergence, Language language = Language::kEnglish);

struct TerminalOptions {
  int width = 80;            // columns; 40 at least. Sentences take 96 at most.
  bool all_columns = false;  // the table whole, however wide: for pipes and files
  Language language = Language::kEnglish;
};

// The result as a short table and a verdict. Without colours or control characters. `files` are the
// names of what was written. What the table leaves out is said under it.
std::string TerminalReport(const TuneResult& result, const std::vector<std::string>& files,
                           const TerminalOptions& options = {});

// The result for programs, schema halflife.result/1: indented JSON with a line end. Keys keep their
// order; a number that is not finite is null (`not_finite` says which are infinite); bytes that are
// not UTF-8 are replaced.
std::string ResultJson(const TuneResult& result);

// What ResultJson wrote, also of another version: what makes the same bytes of ResultJson and of
// ReportHtml. `source` names the text in messages. Throws Error, naming the key,
// for anything else: another schema, a key that is missing or holds something else, fields that do
// not fit each other, an optimizer that this program does not have.
TuneResult ResultFromJson(std::string_view text, const std::string& source);

// report.html, one self-contained page: no network, light and dark, readable on a phone, in English
// and Chinese with a switch that shows `first` at first; well-formed XML as well as HTML 5.
// Everything from the user's file is escaped.
std::string ReportHtml(const TuneResult& result, Language first = Language::kEnglish);

// Code to paste that trains the same model at the best decay.
struct Snippet {
  std::string library;
  std::string note;  // one sentence on what to watch
  std::string code;  // "": that library cannot
};

// For scikit-learn, glmnet, PyTorch and Keras, X standing for the encoded features and y for the
// target; of a net for PyTorch and this library, with all that its optimizer did. Comments in the
// code are English.
std::vector<Snippet> Snippets(const TuneResult& result, Language language = Language::kEnglish);

}  // namespace halflife
