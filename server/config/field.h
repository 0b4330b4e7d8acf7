#pragma once

#include "server/config/serverconfig.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <variant>

namespace dialogue::config {

enum class FieldType {
    Flag,
    Number, ///< A whole number.
    Size, ///< Bytes; written "64KiB" or as a plain number.
    Duration, ///< Milliseconds; written "25s" or as a plain number.
    Text,
    Choice,
    TextList,
    HistorySync, ///< true, false, "all" or a number of events.
    Rate, ///< {maxEvents: 100, window: 1m}
    Rates, ///< Of them a map by room.
    Who, ///< nobody, authenticated, anyone, or {roles: [editor]}
    EventRules, ///< One of them, or one for each event.
};

using RateLimits = QMap<QString, RoomRate>;
/** Nothing stands for "not set". Sizes are in bytes, durations in milliseconds. */
using FieldValue = std::variant<std::monostate, bool, qint64, QString, QStringList, RateLimit, RateLimits,
                                Who, EventRules>;

/** What there is to say about a field of the configuration; everything else derives from it. */
struct FieldInfo
{
    QString key; ///< Dotted, within its owner: "history.limit".
    FieldType type = FieldType::Text;
    QString doc;
    qint64 least = 0; ///< Of Number, Size and Duration.
    qint64 most = 0;
    QStringList choices = {};
    QString pattern = {}; ///< Of Text and of the items of TextList: a regular expression ...
    QString expected = {}; ///< ... and what it means in words.
    /** What is wrong with such a text, where a pattern does not say it all; empty: nothing. */
    QString (*problem)(const QString &text) = nullptr;
    bool isSecret = false; ///< What stands there is repeated nowhere, also where it is none.
};

/** A field and how it is read from and written to its owner: ServerConfig, RoomConfig, EventDefinition. */
template <class Owner>
struct Field : FieldInfo
{
    std::function<void(Owner &, const FieldValue &)> set;
    std::function<FieldValue(const Owner &)> get;
};

template <class Owner>
using Fields = QList<Field<Owner>>;

} // namespace dialogue::config
