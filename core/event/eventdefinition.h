#pragma once

#include "core/base/export.h"
#include "core/schema/schema.h"

#include <QString>

#include <concepts>
#include <functional>

namespace dialogue {

/** How much of an event a room keeps in memory. */
struct HistoryPolicy
{
    bool enabled = false;
    int limit = 50; ///< Newest events kept per room; the older ones are evicted (eventsEvicted).
};

/** What becomes of stored events that do not fit the schema as it is now. */
enum class SchemaChange {
    Refuse, ///< The room cannot be made; the error says which.
    Accept, ///< They stay as they are, and who reads them gets them so.
};

/** A named kind of message: what a room may carry, and how it must look. */
struct DIALOGUE_CORE_EXPORT EventDefinition
{
    QString name;
    Schema schema = {}; ///< An empty schema accepts any data.
    QString description = {};
    HistoryPolicy history = {};
    /** For the moment only, such as "is typing": it gets no offset and is kept nowhere, so that nobody who
     * comes back, or reads slowly, is told that it was missed. Goes out behind what its sender sent before.
     */
    bool ephemeral = false;
    /** How data is held to the schema; what is validated is what goes on. */
    Admission admission = {};
    Schema meta = {}; ///< What a client may say in `meta`; an empty schema accepts anything.
    bool takesMeta = true; ///< False: a client says nothing in `meta`.
    SchemaChange schemaChange = SchemaChange::Refuse;
    /** Makes the data of a stored event that does not fit into what does; asked when a room is made whose
     * schema has changed since, of each such event once, in the thread of who makes it. */
    std::function<Result<QJsonValue>(const QJsonValue &data)> migrate = {};
};

/** Declares an ephemeral event: `defineEvent(u"typing"_s, schema, ephemeral)`. */
struct Ephemeral
{
    explicit constexpr Ephemeral(int) { } // so that {} stands for a HistoryPolicy
};
inline constexpr Ephemeral ephemeral{0};

/** An event without, or with, a schema: `defineEvent(u"message"_s, Schema::object({...}))`. */
[[nodiscard]] inline EventDefinition defineEvent(const QString &name, const Schema &schema = {},
                                                 HistoryPolicy history = {})
{
    return {.name = name, .schema = schema, .history = history};
}

[[nodiscard]] inline EventDefinition defineEvent(const QString &name, const Schema &schema, Ephemeral)
{
    return {.name = name, .schema = schema, .ephemeral = true};
}

[[nodiscard]] inline EventDefinition defineEvent(const char *name, const Schema &schema = {},
                                                 HistoryPolicy history = {})
{
    return defineEvent(QString::fromUtf8(name), schema, history);
}

[[nodiscard]] inline EventDefinition defineEvent(const char *name, const Schema &schema, Ephemeral)
{
    return defineEvent(QString::fromUtf8(name), schema, ephemeral);
}

/** An event whose schema is a JSON Schema document; the Error's path says where in the document it is wrong.
 */
template <std::same_as<QJsonObject> Document, class Keep = HistoryPolicy>
[[nodiscard]] Result<EventDefinition> defineEvent(const QString &name, const Document &document,
                                                  Keep keep = {})
{
    const Result<Schema> schema = Schema::fromJson(document);
    if (!schema)
        return schema.error();
    return defineEvent(name, *schema, keep);
}

} // namespace dialogue
