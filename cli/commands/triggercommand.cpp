#include "cli/base/connectionoptions.h"
#include "cli/base/jsonvalue.h"
#include "cli/base/print.h"
#include "cli/base/session.h"
#include "cli/base/style.h"
#include "cli/commands/command.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

constexpr qint64 kMaxInput = 64LL << 20;
constexpr qsizetype kUnanswered = 100; ///< Triggers on their way; the outbox of the client holds 1,000.

/** The events of one run, sent one after the other and each waited for. */
class Sending
{
public:
    Sending(Session &session, QString event, QList<QJsonValue> values, MessageOptions options, bool isJson)
        : m_session(session)
        , m_event(std::move(event))
        , m_values(std::move(values))
        , m_options(std::move(options))
        , m_isJson(isJson)
    { }

    void begin(const QString &roomId)
    {
        m_session.client()
            .join(roomId, {.subscriptions = QStringList()})
            .then(&m_session, [this](const Result<RoomContext *> &room) {
                if (!room)
                    return m_session.fail(room.error());
                m_room = *room;
                sendMore();
            });
    }
    [[nodiscard]] QString summary() const { return u"%1 of %2 sent"_s.arg(m_answered).arg(m_values.size()); }

private:
    void sendMore()
    {
        while (m_sent < m_values.size() && m_sent - m_answered < kUnanswered) {
            m_room->triggerWithAck(m_event, m_values.at(m_sent++), m_options)
                .then(&m_session, [this](const Result<TriggerReceipt> &receipt) { onReceipt(receipt); });
        }
    }

    void onReceipt(const Result<TriggerReceipt> &receipt)
    {
        if (!receipt)
            return m_session.fail(receipt.error(), m_values.size() > 1 ? summary() : QString());
        ++m_answered;
        say(*receipt);
        if (m_answered == m_values.size())
            return m_session.finish(ExitOk);
        sendMore();
    }

    void say(const TriggerReceipt &receipt) const
    {
        if (m_isJson) {
            const QJsonObject object{{u"roomId"_s, m_room->roomId()},
                                     {u"event"_s, m_event},
                                     {u"id"_s, receipt.id},
                                     {u"offset"_s, static_cast<qint64>(receipt.offset)},
                                     {u"timestamp"_s, receipt.timestamp}};
            print(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
            return;
        }
        QString text = shown(m_room->roomId());
        if (receipt.offset > 0) // else the server does not say
            text += u" #%1"_s.arg(receipt.offset);
        print((text + u' ' + shown(m_event) + u'\n').toUtf8());
    }

    Session &m_session;
    const QString m_event;
    const QList<QJsonValue> m_values;
    const MessageOptions m_options;
    const bool m_isJson;
    RoomContext *m_room = nullptr;
    qsizetype m_sent = 0;
    qsizetype m_answered = 0;
};

Result<QList<QJsonValue>> readData(const QString &operand)
{
    if (operand != u"-"_s)
        return readJson(operand.toUtf8()).transform([](const QJsonValue &v) { return QList<QJsonValue>{v}; });
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return Error{.code = ErrorCode::IoError, .message = u"standard input cannot be read"_s};
    const QByteArray text = input.read(kMaxInput + 1);
    if (text.size() > kMaxInput)
        return Error{.code = ErrorCode::PayloadTooLarge, .message = u"more than 64 MB on standard input"_s};
    return readJsonValues(text);
}

int run(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"trigger"_s);
    MessageOptions options;
    if (arguments.isSet(u"meta"_s)) {
        const auto meta = readJson(arguments.value(u"meta"_s).toUtf8());
        if (!meta || !meta->isObject())
            return usageError({.message = u"must be a JSON object"_s, .path = u"--meta"_s}, u"trigger"_s);
        options.meta = meta->toObject();
    }
    auto values = readData(arguments.operands().at(2));
    if (!values)
        return usageError(values.error(), u"trigger"_s);

    Session session(*config, Session::Patience::None);
    Sending sending(session, arguments.operands().at(1), *std::move(values), options,
                    arguments.isSet(u"json"_s));
    return session.run([&] { sending.begin(arguments.operands().at(0)); },
                       [&] {
                           say(sending.summary());
                           session.finish(ExitFailed);
                       });
}

} // namespace

Command triggerCommand()
{
    return {
        {.name = u"trigger"_s,
         .operands = u"ROOM EVENT JSON|-"_s,
         .summary = u"Sends an event to a room, and says what the server made of it."_s,
         .details
         = u"With - the data is read from standard input: one JSON value, or one in each line, each of\n"
           "which is an event. Sending ends at the first that the server refuses.\n\n"
           "Examples:\n"
           "  dialogue trigger chat message '{\"text\": \"Hello\"}'\n"
           "  jq -c '.readings[]' log.json | dialogue trigger sensors reading -\n"_s,
         .leastOperands = 3,
         .mostOperands = 3,
         .options = connectionOptions()
             + QList<Option>{{u"meta"_s, u"JSON"_s, u"An object that travels beside the data."_s},
                             {u"json"_s,
                              {},
                              u"One JSON object for each event: roomId, event, id, offset, timestamp."_s}}},
        run};
}

} // namespace dialogue::cli
