#pragma once

#include "core/event/payload.h"
#include "core/schema/merge.h"
#include "core/schema/schema.h"

#include <QString>

namespace dialogue {

/** Something an application lets its clients ask for, outside of rooms, and answers. */
struct RequestDefinition
{
    QString name; ///< Of the Socket.IO event.
    Schema schema = {}; ///< Of what is said with it; an empty one accepts any data.
    QString description = {};
    Admission admission = {}; ///< How data is held to the schema.
};

/**
 * A request that says an Ask and is answered with a Reply: anything else does not compile.
 *
 *     const auto quote = defineRequest<Ask, Quote>("quote");
 *     server.onRequest(quote, [](const Ask &ask, const ClientRequest &) { return Quote{.price = 3 *
 * ask.amount}; }); client.request(quote, Ask{.amount = 2}).then(this, [](const Result<Quote> &quote) { ...
 * });
 */
template <EventPayload Ask, EventPayload Reply>
class TypedRequest
{
public:
    explicit TypedRequest(RequestDefinition definition)
        : m_definition(std::move(definition))
    { }

    [[nodiscard]] const QString &name() const { return m_definition.name; }
    [[nodiscard]] const RequestDefinition &definition() const { return m_definition; }

private:
    RequestDefinition m_definition;
};

/** \a constraints narrow what the type of Ask says. */
template <EventPayload Ask, EventPayload Reply>
[[nodiscard]] TypedRequest<Ask, Reply> defineRequest(const QString &name, const Schema &constraints = {},
                                                     const QString &description = {})
{
    return TypedRequest<Ask, Reply>({.name = name,
                                     .schema = schema::merge(JsonCodec<Ask>::schema(), constraints),
                                     .description = description});
}
template <EventPayload Ask, EventPayload Reply>
[[nodiscard]] TypedRequest<Ask, Reply> defineRequest(const char *name, const Schema &constraints = {},
                                                     const QString &description = {})
{
    return defineRequest<Ask, Reply>(QString::fromUtf8(name), constraints, description);
}

} // namespace dialogue
