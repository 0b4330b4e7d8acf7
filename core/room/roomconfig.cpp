#include "core/room/roomconfig.h"

#include "core/base/foreigntext.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr int MaxHistory = 1'000'000; // events kept per event name: beyond it a store is the right place

Error wrong(const QString &path, const QString &message)
{
    return {.code = ErrorCode::ConfigError, .message = message, .path = path};
}

Result<void> checkEvent(const EventDefinition &event, const QString &path)
{
    if (event.name.isEmpty())
        return wrong(path + u".name"_s, u"must not be empty; every event needs a name"_s);
    if (const QString fault = faultOfId(event.name); !fault.isEmpty())
        return wrong(path + u".name"_s, fault);
    if (event.history.limit < 1 || event.history.limit > MaxHistory) {
        return wrong(path + u".history.limit"_s,
                     u"must be between 1 and %1, not %2"_s.arg(MaxHistory).arg(event.history.limit));
    }
    if (event.ephemeral && event.history.enabled) {
        return wrong(path + u".ephemeral"_s,
                     u"an ephemeral event is kept nowhere, so it has no history; take one of the two"_s);
    }
    if (event.ephemeral && event.name == "*"_L1) {
        return wrong(path + u".ephemeral"_s,
                     u"\"*\" stands for events of any name; declare those that are ephemeral by name"_s);
    }
    if (const Result<void> schema = event.schema.check(); !schema) {
        const QString &inner = schema.error().path;
        return wrong(path + u".schema"_s + (inner.isEmpty() ? QString() : u"."_s + inner),
                     schema.error().message);
    }
    if (const Result<void> meta = event.meta.check(); !meta) {
        const QString &inner = meta.error().path;
        return wrong(path + u".meta"_s + (inner.isEmpty() ? QString() : u"."_s + inner),
                     meta.error().message);
    }
    return {};
}

/** That each event a rule names is one of the room's. */
Result<void> checkRules(const EventRules &rules, const RoomConfig &room, const QString &path)
{
    for (auto rule = rules.byEvent.cbegin(); rule != rules.byEvent.cend(); ++rule) {
        const QString here = path + u'.' + rule.key();
        if (rule.key().isEmpty() || rule.key() == "*"_L1)
            return wrong(path,
                         u"names an event \"%1\"; the rule of those not named is `others`"_s.arg(rule.key()));
        if (const QString fault = faultOfId(rule.key()); !fault.isEmpty())
            return wrong(here, fault);
        if (room.allows(rule.key()))
            continue;
        QStringList names;
        for (const EventDefinition &event : room.events)
            names.append(event.name);
        return wrong(here,
                     u"\"%1\" is not an event of this room; its events are: %2"_s.arg(rule.key(),
                                                                                      names.join(u", "_s)));
    }
    return {};
}

} // namespace

const EventDefinition *RoomConfig::find(QStringView eventName) const
{
    const auto it = std::find_if(events.cbegin(), events.cend(), [eventName](const EventDefinition &event) {
        return event.name == eventName;
    });
    return it == events.cend() ? nullptr : &*it;
}

bool RoomConfig::isOpen() const { return events.isEmpty() || find(u"*"); }

Result<void> RoomConfig::check() const
{
    if (id.isEmpty())
        return wrong(u"id"_s, u"must not be empty; it is what clients join by"_s);
    if (const QString fault = faultOfId(id); !fault.isEmpty())
        return wrong(u"id"_s, fault);
    if (const QString fault = faultOfId(createdById); !fault.isEmpty())
        return wrong(u"createdById"_s, fault);
    if (name.isEmpty())
        return wrong(u"name"_s, u"must not be empty; it is what people see"_s);
    if (maxSize && *maxSize < 1)
        return wrong(u"maxSize"_s, u"must be at least 1, not %1; leave it out for no bound"_s.arg(*maxSize));
    if (syncHistoryOnJoin < -1) {
        return wrong(u"syncHistoryOnJoin"_s,
                     u"must be -1 (all that is kept), 0 (none) or a number of events, not %1"_s.arg(
                         syncHistoryOnJoin));
    }

    QSet<QString> names;
    for (qsizetype i = 0; i < events.size(); ++i) {
        const QString path = u"events[%1]"_s.arg(i);
        if (const Result<void> event = checkEvent(events[i], path); !event)
            return event;
        if (names.contains(events[i].name))
            return wrong(path + u".name"_s, u"\"%1\" is declared twice in this room"_s.arg(events[i].name));
        names.insert(events[i].name);
    }
    for (qsizetype i = 0; i < defaultSubscriptions.size(); ++i) {
        const QString &event = defaultSubscriptions[i];
        const QString path = u"defaultSubscriptions[%1]"_s.arg(i);
        if (event.isEmpty())
            return wrong(path, u"must not be empty"_s);
        if (const QString fault = faultOfId(event); !fault.isEmpty())
            return wrong(path, fault);
        if (event != "*"_L1 && !allows(event)) {
            return wrong(path,
                         u"\"%1\" is not an event of this room; its events are: %2"_s.arg(
                             event, QStringList(names.cbegin(), names.cend()).join(u", "_s)));
        }
    }
    for (qsizetype i = 0; i < channels.size(); ++i) {
        if (channels[i] != "websocket"_L1 && channels[i] != "sse"_L1)
            return wrong(u"channels[%1]"_s.arg(i), u"must be \"websocket\" or \"sse\""_s);
    }
    for (const auto &[eventRules, path] :
         {std::pair(&rules.subscribe, u"rules.subscribe"_s), std::pair(&rules.trigger, u"rules.trigger"_s)}) {
        if (const Result<void> good = checkRules(*eventRules, *this, path); !good)
            return good;
    }
    if (const Result<void> good = checkMiddleware(middleware); !good)
        return wrong(u"middleware"_s + good.error().path, good.error().message);
    if (!latestKey.isEmpty() && slowReader != SlowReaderPolicy::KeepLatest)
        return wrong(u"latestKey"_s, u"has an effect only with the slow-reader policy keepLatest"_s);
    return {};
}

} // namespace dialogue
