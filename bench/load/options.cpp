#include "bench/load/options.h"

#include "process/connectionoptions.h"

#include <QFile>
#include <QUrl>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::bench {

namespace {

constexpr qint64 MostConnections = 1'000'000;
constexpr double MostSeconds = 86400;

Error wrong(const QString &option, const QString &message)
{
    return Error{.code = ErrorCode::InvalidRequest, .message = message, .path = u"--"_s + option};
}

/** A name that stands in JSON as it is. */
bool isPlain(const QString &name)
{
    return !name.isEmpty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.unicode() > 0x20 && c.unicode() < 0x7f && c != u'"' && c != u'\\';
    });
}

Result<void> readNumbers(const Arguments &arguments, LoadOptions &options)
{
    struct Number
    {
        QString option;
        qint64 least;
        qint64 most;
        int *to;
    };
    for (const Number &number : {Number{u"subscribers"_s, 0, MostConnections, &options.subscribers},
                                 {u"rooms"_s, 1, MostConnections, &options.layout.rooms},
                                 {u"publishers"_s, 0, MostConnections, &options.layout.publishers},
                                 {u"idle"_s, 0, MostConnections, &options.idle},
                                 {u"stalled"_s, 0, MostConnections, &options.stalled},
                                 {u"window"_s, 1, 100'000, &options.window},
                                 {u"ramp"_s, 1, 10'000, &options.ramp}}) {
        const auto value = arguments.wholeNumber(number.option, number.least, number.most);
        if (!value)
            return value.error();
        *number.to = static_cast<int>(*value);
    }
    const auto size = arguments.wholeNumber(u"size"_s, 0, 1'000'000);
    if (!size)
        return size.error();
    options.size = static_cast<std::size_t>(*size);
    if (arguments.isSet(u"rate"_s)) {
        const auto rate = arguments.number(u"rate"_s, 0.01, 10'000'000);
        if (!rate)
            return rate.error();
        options.rate = *rate;
    }
    if (arguments.isSet(u"server-pid"_s)) {
        const auto pid = arguments.wholeNumber(u"server-pid"_s, 1, std::numeric_limits<pid_t>::max());
        if (!pid)
            return pid.error();
        options.serverPid = static_cast<pid_t>(*pid);
    }
    for (const auto &[option, to] :
         {std::pair{u"duration"_s, &options.duration}, std::pair{u"warmup"_s, &options.warmup}}) {
        const auto seconds = arguments.number(option, 0, MostSeconds);
        if (!seconds)
            return seconds.error();
        *to = std::chrono::milliseconds(static_cast<qint64>(*seconds * 1000));
    }
    return {};
}

Result<void> readNames(const Arguments &arguments, LoadOptions &options)
{
    for (const auto &[option, to] :
         {std::pair{u"event"_s, &options.event}, std::pair{u"room"_s, &options.room},
          std::pair{u"room-prefix"_s, &options.roomPrefix}}) {
        if (!arguments.isSet(option))
            continue;
        if (!isPlain(arguments.value(option)))
            return wrong(option, u"must be printable ASCII without spaces, quotes and backslashes"_s);
        *to = arguments.value(option).toStdString();
    }
    if (!options.room.empty() && options.layout.rooms != 1)
        return wrong(u"room"_s, u"names one room; with --rooms use --room-prefix"_s);
    return {};
}

Result<Wire> readWire(const QString &name)
{
    if (name == u"dialogue"_s)
        return Wire::Dialogue;
    if (name == u"plain"_s)
        return Wire::Plain;
    if (name == u"nats"_s)
        return Wire::Nats;
    return wrong(u"wire"_s, u"must be dialogue, plain or nats, not '%1'"_s.arg(name));
}

} // namespace

Syntax loadSyntax()
{
    return {
        .name = u"dialogue-load"_s,
        .operands = {},
        .summary = u"Loads a server with subscribers and events, and says how fast they arrive."_s,
        .details
        = u"With --rate events go out when they are due, whatever the server does, and their latency\n"
          "counts from then; without it each stream keeps --window events on their way. Every\n"
          "subscriber counts what it misses. Rooms that do not exist are created, if the server lets\n"
          "us; bench/server.sample.yaml is a server's configuration with such rooms.\n\n"
          "Examples:\n"
          "  dialogue-load --subscribers 1000 --server-pid $(pidof dialogue-server)\n"
          "  dialogue-load --subscribers 10 --rate 1000 --idle 10000 --json\n"_s,
        .options = connectionOptions()
            + QList<Option>{
                {u"ca"_s, u"FILE"_s,
                 u"Whom to trust over https://, in PEM, in place of the system's authorities."_s},
                {u"subscribers"_s, u"N"_s, u"Connections that join a room and listen."_s, u"100"_s},
                {u"rooms"_s, u"M"_s, u"Rooms they are spread over."_s, u"1"_s},
                {u"publishers"_s, u"K"_s, u"Connections that send; 0: none."_s, u"1"_s},
                {u"rate"_s, u"R"_s, u"Events a second in all; left out: as fast as it goes."_s},
                {u"window"_s, u"W"_s, u"Events of a stream on their way when there is no rate."_s, u"16"_s},
                {u"size"_s, u"BYTES"_s, u"Size of an event's data."_s, u"200"_s},
                {u"duration"_s, u"SECONDS"_s, u"How long to measure."_s, u"10"_s},
                {u"warmup"_s, u"SECONDS"_s, u"How long to send before that."_s, u"1"_s},
                {u"idle"_s, u"N"_s, u"Connections that only sit there."_s, u"0"_s},
                {u"stalled"_s, u"N"_s, u"Subscribers that stop reading."_s, u"0"_s},
                {u"ramp"_s, u"N"_s, u"Connections being made at a time."_s, u"256"_s},
                {u"event"_s, u"NAME"_s, u"The event that is sent."_s, u"tick"_s},
                {u"room"_s, u"ROOM"_s, u"The one room to use."_s},
                {u"room-prefix"_s, u"TEXT"_s, u"Rooms are TEXT0, TEXT1 ..."_s, u"bench-"_s},
                {u"wire"_s, u"WIRE"_s, u"What the server speaks: dialogue, plain or nats."_s, u"dialogue"_s},
                {u"streams"_s, {}, u"Subscribers read server-sent events."_s},
                {u"server-pid"_s, u"PID"_s, u"The server's process, for its CPU and memory."_s},
                {u"spin"_s,
                 {},
                 u"Takes a whole core, so that the server's CPU is not what it takes to wake us."_s},
                {u"print-config"_s, {}, u"Only prints a server's configuration with such rooms."_s},
                {u"json"_s, {}, u"Says the result as one JSON object."_s},
                {u"version"_s, {}, u"Says which version this is."_s},
            }};
}

Result<Target> readTarget(const QString &url, Wire wire)
{
    const QUrl parsed(url, QUrl::StrictMode);
    const QString scheme = parsed.scheme();
    const bool isTls = scheme == u"https"_s || scheme == u"wss"_s;
    const bool isKnown = isTls || scheme == u"http"_s || scheme == u"ws"_s;
    if (!parsed.isValid() || parsed.host().isEmpty() || !isKnown)
        return wrong(u"url"_s, u"must be like http://127.0.0.1:3000, not '%1'"_s.arg(url));
    const Target defaults;
    const bool isSocketIo = wire == Wire::Dialogue;
    Target target{.host = parsed.host(QUrl::FullyEncoded).toStdString(),
                  .port = static_cast<std::uint16_t>(parsed.port(isTls ? 443 : 80)),
                  .isTls = isTls,
                  .path = isSocketIo ? defaults.path : std::string("/"),
                  .query = isSocketIo ? defaults.query : std::string()};
    QString path = parsed.path(QUrl::FullyEncoded);
    if (path.size() > 1)
        target.path = (path.endsWith(u'/') ? path : path + u'/').toStdString();
    return target;
}

Result<LoadOptions> loadOptions(const Arguments &arguments)
{
    LoadOptions options;
    const auto wire = readWire(arguments.value(u"wire"_s));
    if (!wire)
        return wire.error();
    options.wire = *wire;
    const auto target = readTarget(arguments.value(u"url"_s), options.wire);
    if (!target)
        return target.error();
    options.target = *target;
    if (arguments.isSet(u"ca"_s)) {
        if (!options.target.isTls)
            return wrong(u"ca"_s, u"is for https://, and --url is not"_s);
        options.authorities = QFile::encodeName(arguments.value(u"ca"_s)).toStdString();
    }
    options.token = arguments.value(u"token"_s).toStdString();
    options.spins = arguments.isSet(u"spin"_s);
    options.json = arguments.isSet(u"json"_s);
    options.streams = arguments.isSet(u"streams"_s);
    if (options.streams && options.wire == Wire::Nats)
        return wrong(u"streams"_s, u"NATS has no server-sent events"_s);
    if (const auto read = readNumbers(arguments, options); !read)
        return read.error();
    if (const auto read = readNames(arguments, options); !read)
        return read.error();
    if (options.subscribers < options.layout.rooms && options.layout.publishers > 0
        && !arguments.isSet(u"print-config"_s))
        return wrong(u"rooms"_s, u"more rooms than subscribers: some would have nobody in them"_s);
    if (options.wire == Wire::Plain && options.layout.publishers > 0
        && options.layout.publishers < options.layout.rooms)
        return wrong(
            u"publishers"_s,
            u"with --wire plain a connection is in one room: at least as many publishers as rooms"_s);
    return options;
}

} // namespace dialogue::bench
