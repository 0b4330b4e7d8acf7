#pragma once

#include "console/form/field.h"

#include <QDateTime>

#include <optional>

namespace dialogue::console {

/** Whether the field can show \a value and give it back as it is; whether it fits the schema is another
 * question. */
[[nodiscard]] bool canHold(const Field &field, const QJsonValue &value);

/** A short text for \a value, on one line: of a text the text itself, of others their JSON. */
[[nodiscard]] QString labelOf(const QJsonValue &value);

/** What can be told of a whole number; exactly. */
struct IntegerRange
{
    qint64 least;
    qint64 most;
    qint64 step;

    friend bool operator==(const IntegerRange &, const IntegerRange &) = default;
};
[[nodiscard]] IntegerRange rangeOf(const Field &field);

/** A number that is whole, and of 64 bits. */
[[nodiscard]] std::optional<qint64> wholeNumber(const QJsonValue &value);

/** A moment as RFC 3339 writes it; nothing for what the calendar of QDateTimeEdit does not hold. */
[[nodiscard]] std::optional<QDateTime> momentOf(const QString &text);
[[nodiscard]] QString textOfMoment(const QDateTime &moment);

} // namespace dialogue::console
