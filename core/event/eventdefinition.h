#pragma once

#include "core/base/export.h"
#include "core/schema/schema.h"

#include <QString>

namespace dialogue {

/** How much of an event a room keeps in memory. */
struct HistoryPolicy {
    bool enabled = false;
    int limit = 50; ///< Newest events kept per room; the older ones are evicted (eventsEvicted).
};

/** A named kind of message: what a room may carry, and how it must look. */
struct DIALOGUE_CORE_EXPORT EventDefinition {
    QString name;
    Schema schema = {}; ///< An empty schema accepts any data.
    QString description = {};
    HistoryPolicy history = {};
};

/** An event without, or with, a schema: `defineEvent(u"message"_qs, Schema::object({...}))`. */
[[nodiscard]] inline EventDefinition defineEvent(const QString &name, const Schema &schema = {},
                                                 HistoryPolicy history = {})
{
    return {.name = name, .schema = schema, .history = history};
}

} // namespace dialogue
