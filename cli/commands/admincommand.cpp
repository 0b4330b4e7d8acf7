#include "cli/admin/adminactions.h"
#include "cli/admin/admintext.h"
#include "cli/admin/explainedtext.h"
#include "cli/base/jsonvalue.h"
#include "cli/base/session.h"
#include "cli/commands/command.h"
#include "core/base/foreigntext.h"
#include "core/base/nearest.h"
#include "core/protocol/admin/names.h"
#include "process/print.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

namespace names = protocol::admin::names;
using protocol::admin::EventBatch;

const QList<AdminColumn> RoomColumns{{u"id"_s, u"ROOM"_s},           {u"size"_s, u"IN IT"_s},
                                     {u"maxSize"_s, u"OF"_s},        {u"offset"_s, u"OFFSET"_s},
                                     {u"keptBytes"_s, u"KEPT"_s},    {u"dropped"_s, u"DROPPED"_s},
                                     {u"replaced"_s, u"REPLACED"_s}, {u"name"_s, u"NAME"_s}};
const QList<AdminColumn> ClientColumns{{u"id"_s, u"CLIENT"_s},           {u"userId"_s, u"USER"_s},
                                       {u"rooms"_s, u"ROOMS"_s},         {u"address"_s, u"ADDRESS"_s},
                                       {u"transport"_s, u"TRANSPORT"_s}, {u"queuedBytes"_s, u"QUEUED"_s},
                                       {u"roundTrip"_s, u"RTT MS"_s}};
const QList<AdminColumn> SanctionColumns{
    {u"userId"_s, u"USER"_s}, {u"kind"_s, u"KIND"_s},   {u"roomId"_s, u"ROOM"_s},  {u"until"_s, u"UNTIL"_s},
    {u"by"_s, u"BY"_s},       {u"since"_s, u"SINCE"_s}, {u"reason"_s, u"REASON"_s}};
const QList<AdminColumn> LeaverColumns{{u"id"_s, u"CLIENT"_s},       {u"userId"_s, u"USER"_s},
                                       {u"address"_s, u"ADDRESS"_s}, {u"since"_s, u"SINCE"_s},
                                       {u"until"_s, u"UNTIL"_s},     {u"reason"_s, u"REASON"_s}};
const QList<AdminColumn> AuditColumns{
    {u"number"_s, u"#"_s},      {u"time"_s, u"TIME"_s},   {u"account"_s, u"ACCOUNT"_s},
    {u"action"_s, u"ACTION"_s}, {u"args"_s, u"ARGS"_s},   {u"ended"_s, u"ENDED"_s},
    {u"failed"_s, u"FAILED"_s}, {u"error"_s, u"ERROR"_s}, {u"reason"_s, u"REASON"_s}};

const QList<AdminColumn> ErrorColumns{{u"time"_s, u"TIME"_s},       {u"code"_s, u"CODE"_s},
                                      {u"request"_s, u"REQUEST"_s}, {u"room"_s, u"ROOM"_s},
                                      {u"user"_s, u"USER"_s},       {u"address"_s, u"ADDRESS"_s},
                                      {u"path"_s, u"PATH"_s},       {u"message"_s, u"MESSAGE"_s}};

Error wrongWords(const QString &message) { return {.code = ErrorCode::InvalidRequest, .message = message}; }

/** One subject: what is asked for and shown. */
struct Subject
{
    QString name;
    int leastWords;
    int mostWords; ///< -1: any number.
    QString words;
    void (*begin)(AdminSession &session, const Asked &asked);
};

void listPages(AdminSession &session, const Asked &asked, QJsonObject request,
               const QList<AdminColumn> &columns)
{
    session.ask(names::list, request,
                [&session, &asked, request, &columns](const QJsonObject &reply) mutable {
                    const QJsonArray rows = reply[u"rows"_s].toArray();
                    const QString next = reply[u"next"_s].toString();
                    const Printed printed
                        = print(asked.isJson ? adminJson(rows) : adminTable(rows, columns, asked.style));
                    if (printed != Printed::Whole || next.isEmpty())
                        return session.finish(exitCodeOf(printed));
                    if (!asked.arguments.isSet(u"all"_s)) {
                        say(u"there are more: --all shows them"_s);
                        return session.finish(ExitOk);
                    }
                    request.insert(u"after"_s, next);
                    listPages(session, asked, request, columns);
                });
}

QJsonArray namesIn(const QString &text)
{
    return QJsonArray::fromStringList(text.split(u',', Qt::SkipEmptyParts));
}

QJsonObject listRequest(const Asked &asked, const QString &what)
{
    QJsonObject request{{u"what"_s, what}};
    for (const QString &name : {u"search"_s, u"sort"_s, u"room"_s, u"where"_s}) {
        if (asked.arguments.isSet(name))
            request.insert(name, asked.arguments.value(name));
    }
    if (asked.arguments.isSet(u"code"_s))
        request.insert(u"codes"_s, namesIn(asked.arguments.value(u"code"_s)));
    if (asked.arguments.isSet(u"descending"_s))
        request.insert(u"descending"_s, true);
    if (const auto limit = asked.arguments.wholeNumber(u"limit"_s, 1, 500))
        request.insert(u"limit"_s, *limit);
    return request;
}

void showOne(AdminSession &session, const Asked &asked, const QString &what)
{
    session.ask(names::get, {{u"what"_s, what}, {u"id"_s, asked.words.first()}},
                [&session, &asked, what](const QJsonObject &reply) {
                    const QJsonObject object = reply[what].toObject();
                    show(session, asked.isJson ? adminJson({object}) : adminFields(object, asked.style));
                });
}

void showTimeline(AdminSession &session, const Asked &asked)
{
    session.ask(names::get, {{u"what"_s, u"timeline"_s}, {u"id"_s, asked.words.first()}},
                [&session, &asked](const QJsonObject &reply) {
                    const QJsonObject timeline = reply[u"timeline"_s].toObject();
                    show(session, asked.isJson ? adminJson({timeline}) : timelineText(timeline, asked.style));
                });
}

/** An offset; or, of an event that was refused, what its sender called it. */
void explain(AdminSession &session, const Asked &asked)
{
    QJsonObject request{{u"room"_s, asked.words[0]}};
    bool isOffset = false;
    const qint64 offset = asked.words[1].toLongLong(&isOffset);
    if (isOffset)
        request.insert(u"offset"_s, offset);
    else
        request.insert(u"id"_s, asked.words[1]);
    for (const QString &name : {u"client"_s, u"user"_s, u"event"_s}) {
        if (asked.arguments.isSet(name))
            request.insert(name, asked.arguments.value(name));
    }
    session.ask(names::why, request, [&session, &asked](QJsonObject reply) {
        reply.remove(u"ok"_s);
        show(session, asked.isJson ? adminJson({reply}) : verdictsText(reply, asked.style));
    });
}

/** NAME=TEXT and NAME:=JSON. */
Result<QJsonObject> argsOf(const QStringList &words)
{
    QJsonObject args;
    for (const QString &word : words) {
        const qsizetype equals = word.indexOf(u'=');
        const bool isJson = equals > 0 && word[equals - 1] == u':';
        const QString name = word.left(isJson ? equals - 1 : equals);
        if (equals < 1 || name.isEmpty())
            return wrongWords(u"'%1' is neither NAME=TEXT nor NAME:=JSON"_s.arg(word));
        const QString text = word.mid(equals + 1);
        if (!isJson) {
            args.insert(name, text);
            continue;
        }
        const Result<JsonData> value = readJson(text.toUtf8());
        if (!value)
            return Error{.code = value.error().code, .message = value.error().message, .path = name};
        args.insert(name, value->value());
    }
    return args;
}

void tail(AdminSession &session, const Asked &asked)
{
    session.socket().on(names::batch, &session, [&session, &asked](const SocketIoEvent &event) {
        const Result<EventBatch> batch = EventBatch::read(event.arg(0), event.attachments);
        if (!batch)
            return session.fail(batch.error());
        const QByteArray lines = asked.isJson ? batchJson(*batch) : batchLines(*batch, asked.style);
        if (const Printed printed = print(lines); printed != Printed::Whole)
            return session.finish(exitCodeOf(printed));
        (void)session.socket().emitVolatile(
            names::credit, {QJsonObject{{u"watch"_s, batch->watch}, {u"number"_s, qint64(batch->number)}}});
    });
}

QJsonObject watchRequest(const Asked &asked)
{
    QJsonObject request{{u"watch"_s, u"tail"_s}, {u"what"_s, u"events"_s}};
    if (!asked.words.isEmpty())
        request.insert(u"rooms"_s, QJsonArray::fromStringList(asked.words));
    if (asked.arguments.isSet(u"event"_s))
        request.insert(u"events"_s, namesIn(asked.arguments.value(u"event"_s)));
    if (asked.arguments.isSet(u"filter"_s))
        request.insert(u"filter"_s, asked.arguments.value(u"filter"_s));
    if (asked.arguments.isSet(u"payload"_s) || asked.arguments.isSet(u"unredacted"_s))
        request.insert(u"fields"_s, u"payload"_s);
    if (asked.arguments.isSet(u"unredacted"_s))
        request.insert(u"unredacted"_s, true);
    if (const auto rate = asked.arguments.wholeNumber(u"max-rate"_s, 0, 1'000'000))
        request.insert(u"maxRate"_s, *rate);
    return request;
}

/** The newest of a log; or, with --follow, what comes from now on. */
void showLog(AdminSession &session, const Asked &asked, const QString &what,
             const QList<AdminColumn> &columns)
{
    if (!asked.arguments.isSet(u"follow"_s))
        return listPages(session, asked, listRequest(asked, what), columns);
    QJsonObject request{{u"watch"_s, what}, {u"what"_s, what}};
    if (asked.arguments.isSet(u"room"_s))
        request.insert(u"rooms"_s, namesIn(asked.arguments.value(u"room"_s)));
    if (asked.arguments.isSet(u"code"_s))
        request.insert(u"codes"_s, namesIn(asked.arguments.value(u"code"_s)));
    session.ask(names::watch, request,
                [](const QJsonObject &) { say(u"following what comes from now on"_s); });
}

/** Shows what is \a told of a log that is followed. */
void followLog(AdminSession &session, const Asked &asked, QLatin1String told,
               const QList<AdminColumn> &columns)
{
    session.socket().on(told, &session, [&session, &asked, &columns](const SocketIoEvent &event) {
        const QJsonObject batch = event.arg(0).toObject();
        const Printed printed = print(asked.isJson ? logJson(batch) : logLines(batch, columns, asked.style));
        if (printed != Printed::Whole)
            return session.finish(exitCodeOf(printed));
        (void)session.socket().emitVolatile(
            names::credit, {QJsonObject{{u"watch"_s, batch[u"watch"_s]}, {u"number"_s, batch[u"number"_s]}}});
    });
}

void showStats(AdminSession &session, const Asked &asked)
{
    const auto text = [&asked](const QJsonObject &stats) {
        return asked.isJson ? adminJson({stats}) : adminFields(stats[u"values"_s].toObject(), asked.style);
    };
    if (!asked.arguments.isSet(u"follow"_s)) {
        session.ask(names::get, {{u"what"_s, u"stats"_s}}, [&session, text](QJsonObject reply) {
            reply.remove(u"ok"_s);
            show(session, text(reply));
        });
        return;
    }
    session.ask(names::watch, {{u"watch"_s, u"stats"_s}, {u"what"_s, u"stats"_s}},
                [](const QJsonObject &) {});
}

const QList<Subject> &subjects()
{
    static const QList<Subject> all{
        {u"stats"_s, 0, 0, {}, &showStats},
        {u"rooms"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             listPages(session, asked, listRequest(asked, u"rooms"_s), RoomColumns);
         }},
        {u"room"_s, 1, 1, u"ID"_s,
         [](AdminSession &session, const Asked &asked) { showOne(session, asked, u"room"_s); }},
        {u"clients"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             listPages(session, asked, listRequest(asked, u"clients"_s), ClientColumns);
         }},
        {u"slowest"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             listPages(session, asked, listRequest(asked, u"slowest"_s), ClientColumns);
         }},
        {u"client"_s, 1, 1, u"ID"_s,
         [](AdminSession &session, const Asked &asked) { showOne(session, asked, u"client"_s); }},
        {u"leavers"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             listPages(session, asked, listRequest(asked, u"leavers"_s), LeaverColumns);
         }},
        {u"sanctions"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             listPages(session, asked, listRequest(asked, u"sanctions"_s), SanctionColumns);
         }},
        {u"timeline"_s, 1, 1, u"CLIENT"_s, &showTimeline},
        {u"why"_s, 2, 2, u"ROOM OFFSET"_s, &explain},
        {u"tail"_s, 0, -1, u"[ROOM...]"_s,
         [](AdminSession &session, const Asked &asked) {
             session.ask(names::watch, watchRequest(asked), [](const QJsonObject &) {});
         }},
        {u"audit"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             showLog(session, asked, u"audit"_s, AuditColumns);
         }},
        {u"errors"_s,
         0,
         0,
         {},
         [](AdminSession &session, const Asked &asked) {
             showLog(session, asked, u"errors"_s, ErrorColumns);
         }},
        {u"kick"_s, 1, 2, u"ROOM CLIENT, or ROOM --where FILTER"_s,
         [](AdminSession &session, const Asked &asked) {
             QJsonObject args{{u"roomId"_s, asked.words[0]}};
             if (asked.words.size() > 1)
                 args.insert(u"clientId"_s, asked.words[1]);
             act(session, asked, u"removeParticipant"_s, args);
         }},
        {u"disconnect"_s, 0, 1, u"CLIENT, or --where FILTER"_s,
         [](AdminSession &session, const Asked &asked) {
             QJsonObject args;
             if (!asked.words.isEmpty())
                 args.insert(u"clientId"_s, asked.words[0]);
             act(session, asked, u"disconnectClient"_s, args);
         }},
        {u"do"_s, 1, -1, u"ACTION [NAME=TEXT|NAME:=JSON...]"_s,
         [](AdminSession &session, const Asked &asked) {
             act(session, asked, asked.words.first(), *argsOf(asked.words.mid(1)));
         }},
    };
    return all;
}

Result<Subject> subjectOf(const QStringList &words)
{
    QStringList known;
    for (const Subject &each : subjects()) {
        known.append(each.name);
        if (each.name != words.first())
            continue;
        const qsizetype count = words.size() - 1;
        if (count >= each.leastWords && (each.mostWords < 0 || count <= each.mostWords))
            return each;
        return wrongWords(each.words.isEmpty() ? u"%1: takes no further words"_s.arg(each.name)
                                               : u"%1: takes %2"_s.arg(each.name, each.words));
    }
    const QString near = nearest(words.first(), known);
    return wrongWords(
        u"'%1' is none of %2%3"_s.arg(words.first(), known.join(u", "_s),
                                      near.isEmpty() ? QString() : u"; did you mean '%1'?"_s.arg(near)));
}

int runAdmin(const Arguments &arguments)
{
    const Result<Subject> subject = subjectOf(arguments.operands());
    if (!subject)
        return usageError(subject.error(), u"admin"_s);
    const Asked asked{.arguments = arguments,
                      .words = arguments.operands().mid(1),
                      .isJson = arguments.isSet(u"json"_s),
                      .style = Style::of(STDOUT_FILENO)};
    for (const auto &[option, least, most] :
         {std::tuple(u"limit"_s, 1, 500), std::tuple(u"max-rate"_s, 0, 1'000'000)}) {
        if (const auto number = arguments.wholeNumber(option, least, most);
            arguments.isSet(option) && !number)
            return usageError(number.error(), u"admin"_s);
    }
    // Who is meant is one of the two.
    const bool isOfOne = subject->name == u"kick" || subject->name == u"disconnect";
    if (isOfOne && arguments.isSet(u"where"_s) == (asked.words.size() == qsizetype(subject->mostWords)))
        return usageError(wrongWords(u"%1: takes %2"_s.arg(subject->name, subject->words)), u"admin"_s);
    if (subject->name == u"do") {
        if (const auto args = argsOf(asked.words.mid(1)); !args)
            return usageError(args.error(), u"admin"_s);
    }
    const auto config = adminConfig(arguments);
    if (!config)
        return usageError(config.error(), u"admin"_s);
    AdminSession session(*config);
    tail(session, asked);
    followLog(session, asked, names::errors, ErrorColumns);
    followLog(session, asked, names::audit, AuditColumns);
    session.socket().on(names::stats, &session, [&](const SocketIoEvent &event) {
        const QJsonObject stats = event.arg(0).toObject();
        const Printed printed
            = print(asked.isJson ? adminJson({stats})
                                 : adminFields(stats[u"values"_s].toObject(), asked.style) + '\n');
        if (printed != Printed::Whole)
            session.finish(exitCodeOf(printed));
    });
    return session.run([&](const QJsonObject &) { subject->begin(session, asked); });
}

} // namespace

Command adminCommand()
{
    return {
        {.name = u"admin"_s,
         .operands = u"WHAT [WORD...]"_s,
         .summary = u"Looks into a running server, and steers it."_s,
         .details
         = u"WHAT is one of:\n"
           "  stats                  its figures; --follow: each second\n"
           "  rooms, clients         lists, of which there may be more: --all\n"
           "  errors, audit          what clients were refused, and who did what; --follow: from now on\n"
           "  slowest                clients for which most waits to be sent\n"
           "  leavers                clients that have left of late\n"
           "  sanctions              bans and mutes that hold\n"
           "  room ID, client ID     all that there is to say of one\n"
           "  timeline CLIENT        what became of one: joined, refused, dropped, left\n"
           "  why ROOM OFFSET        why a --client, or a --user, did not get that event; or, of one\n"
           "                         that was refused, by the ID that its sender gave it\n"
           "  tail [ROOM...]         what is published, until Ctrl-C; a ROOM may end in *\n"
           "  kick ROOM CLIENT       has a client leave a room\n"
           "  disconnect CLIENT      ends a connection\n"
           "  kick ROOM, disconnect  with --where FILTER: all clients that it wants; says whom, and does\n"
           "                         it with --yes; so does `do`, without the clientId or the roomId\n"
           "  do ACTION NAME=TEXT NAME:=JSON ...\n"
           "                         whatever may be done, by the names of the HTTP API\n\n"
           "Who may do what, docs/admin.md says. With --dry-run it is said whom it would reach, and\n"
           "nothing is done.\n\n"
           "Examples:\n"
           "  dialogue admin stats --token-file /run/user/1000/dialogue-admin-4711.token\n"
           "  dialogue admin rooms --sort size --descending --limit 10 --account ada\n"
           "  dialogue admin disconnect --where 'transport == \"polling\" && rooms == 0' --yes\n"
           "  dialogue admin tail 'game-*' --event move --payload\n"
           "  dialogue admin why chat 4711 --user ada\n"
           "  dialogue admin errors --follow --code RATE_LIMITED,ROOM_FULL\n"
           "  dialogue admin do banUser userId=mallory duration:=3600000 --reason spam\n"_s,
         .leastOperands = 1,
         .mostOperands = -1,
         .options
         = adminOptions()
             + QList<
                 Option>{{u"search"_s, u"TEXT"_s, u"Lists: what stands in an id, a name or a user's id."_s},
                         {u"where"_s, u"FILTER"_s,
                          u"rooms, clients, kick, disconnect, do: those that it wants: userId ~ \"u-1*\" (docs/filter.md)."_s},
                         {u"yes"_s, {}, u"kick, disconnect, do, with --where: does it."_s},
                         {u"room"_s, u"ID"_s,
                          u"clients, disconnect --where: who is in it; sanctions, errors: there."_s},
                         {u"code"_s, u"CODES"_s, u"errors: only these, with commas between them."_s},
                         {u"sort"_s, u"BY"_s,
                          u"rooms: id, name, size, offset, keptBytes; clients: connected, id, userId, rooms, transport; sanctions: userId, roomId, kind, until, by, since."_s},
                         {u"descending"_s, {}, u"The greatest first."_s},
                         {u"limit"_s, u"N"_s, u"Rows of a page, 500 at most."_s},
                         {u"all"_s, {}, u"Page after page."_s},
                         {u"event"_s, u"NAMES"_s,
                          u"tail: only these, with commas between them; one may end in *. why: its name, where the room keeps the event no more."_s},
                         {u"client"_s, u"ID"_s, u"why: this client."_s},
                         {u"user"_s, u"NAME"_s, u"why: all clients of this user."_s},
                         {u"filter"_s, u"FILTER"_s,
                          u"tail: only what this wants: event == \"bid\" && data.price > 10 (docs/filter.md)."_s},
                         {u"payload"_s, {}, u"tail: with what events say, redacted."_s},
                         {u"unredacted"_s, {}, u"tail: and as it is."_s},
                         {u"max-rate"_s, u"N"_s,
                          u"tail: so many events a second, and how many there were besides."_s},
                         {u"follow"_s, {}, u"stats: each second; errors, audit: until Ctrl-C."_s},
                         {u"reason"_s, u"TEXT"_s, u"kick, disconnect, do: why, for the audit log."_s},
                         {u"dry-run"_s, {}, u"kick, disconnect, do: says whom it would reach."_s},
                         {u"json"_s, {}, u"One JSON object a line."_s}}},
        runAdmin};
}

} // namespace dialogue::cli
