#pragma once

#include "core/filter/filterfield.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <variant>

namespace dialogue::console {

/** Members and items, as they lead to a place in the data. */
using JsonSteps = QList<std::variant<QString, int>>;

/** `data.who["odd name"][0]`, as a filter has it (docs/filter.md). */
[[nodiscard]] QString filterPath(FilterField field, const JsonSteps &steps);

/** A filter that wants what has \a json at that place; where that is an array or object, anything. */
[[nodiscard]] QString filterTerm(FilterField field, const JsonSteps &steps, QByteArrayView json);

/** \a filter and \a term both; \a term alone where \a filter is blank. */
[[nodiscard]] QString filterWith(const QString &filter, const QString &term);

} // namespace dialogue::console
