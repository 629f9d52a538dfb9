// What was understood of a table, as fields of result.json.
#pragma once

#include <string>

#include "halflife/error_kind.h"
#include "halflife/tune.h"
#include "report/field_names.h"
#include "report/json_values.h"

namespace halflife {

const FieldNames<Finding::Kind>& FindingNames();
const FieldNames<ColumnSummary::Kind>& ColumnKindNames();
const FieldNames<ColumnSummary::Role>& ColumnRoleNames();
const FieldNames<Task>& TaskNames();

// The column's findings in words; `target` names the column to predict.
Json ColumnNotes(const ColumnSummary& column, const std::string& target);

template <class At, class Of>
void FindingFields(At& at, Of& finding) {
  at.Choice("kind", finding.kind, FindingNames());
  if (at.Holds("text", !finding.text.empty())) at.Text("text", finding.text);
  if (at.Holds("number", finding.number != 0.0)) at.Number("number", finding.number);
  if (at.Holds("count", finding.count != 0)) at.Count("count", finding.count);
}

// The extent of a column is there as a whole, and of dates such as a calendar has.
template <class At>
void CheckExtent(const At& at, const ColumnSummary& column) {
  constexpr double kMostDays = 1e7;
  if (column.min.has_value() != column.max.has_value())
    at.Reject("min", ErrorKind::kResultNeeds, "max");
  if (column.kind != ColumnSummary::Kind::kDate || !column.min) return;
  if (!(*column.min >= -kMostDays)) at.Reject("min", ErrorKind::kJsonRange);
  if (!(*column.max <= kMostDays)) at.Reject("max", ErrorKind::kJsonRange);
}

template <class At, class Of>
void ColumnFields(At& at, Of& column, const std::string& target) {
  at.Text("name", column.name);
  at.Choice("kind", column.kind, ColumnKindNames());
  at.Choice("role", column.role, ColumnRoleNames());
  at.Count("missing", column.missing);
  at.OptionalCount("levels", column.levels);
  at.Optional("min", column.min);
  at.Optional("max", column.max);
  at.Derived("notes", [&] { return ColumnNotes(column, target); });
  at.List("findings", column.findings, [](At& inner, auto& of) { FindingFields(inner, of); });
  if constexpr (At::kReads) CheckExtent(at, column);
}

template <class At, class Of>
void DataFields(At& at, Of& data) {
  at.Text("path", data.path);
  at.Count("rows", data.rows);
  at.Count("rows_dropped", data.rows_dropped);
  at.Flag("streamed", data.streamed);
  at.Number("total_weight", data.total_weight);
  at.Count("columns", data.columns);
  at.Count("features", data.features);
  at.Text("target", data.target);
  at.Choice("task", data.task, TaskNames());
  at.Texts("classes", data.classes);
  at.Flag("log_target", data.log_target);
  at.List("column_list", data.column_list,
          [&](At& inner, auto& column) { ColumnFields(inner, column, data.target); });
  at.List("findings", data.findings, [](At& inner, auto& of) { FindingFields(inner, of); });
  if (!at.Holds("null", data.null_loss || data.null_accuracy)) return;
  at.Object("null", [&](At& constant) {
    constant.Optional("loss", data.null_loss);
    constant.Optional("accuracy", data.null_accuracy);
  });
}

}  // namespace halflife
