#include "cli/base/clientoptions.h"
#include "cli/base/jsonvalue.h"
#include "cli/base/standardinput.h"
#include "cli/commands/command.h"
#include "cli/commands/sending.h"
#include "process/print.h"

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

constexpr int MostOnTheirWay = 1000;

Result<QList<JsonData>> readData(const QString &operand)
{
    if (operand != u"-"_s)
        return readJson(operand.toUtf8()).transform([](const JsonData &v) { return QList<JsonData>{v}; });
    const Result<QByteArray> text = standardInput();
    return text ? readJsonValues(*text) : text.error();
}

Result<SendingOptions> sendingOptions(const Arguments &arguments)
{
    SendingOptions options{.roomId = arguments.operands().at(0),
                           .event = arguments.operands().at(1),
                           .values = {},
                           .isJson = arguments.isSet(u"json"_s)};
    if (arguments.isSet(u"meta"_s)) {
        const auto meta = readJson(arguments.value(u"meta"_s).toUtf8());
        if (!meta || !meta->isObject())
            return Error{.message = u"must be a JSON object"_s, .path = u"--meta"_s};
        options.message.meta = meta->toObject();
    }
    const auto window = arguments.wholeNumber(u"window"_s, 1, MostOnTheirWay);
    if (!window)
        return window.error();
    options.window = static_cast<int>(*window);
    auto values = readData(arguments.operands().at(2)); // last: it may wait for standard input
    if (!values)
        return values.error();
    options.values = *std::move(values);
    return options;
}

int runTrigger(const Arguments &arguments)
{
    auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"trigger"_s);
    auto options = sendingOptions(arguments);
    if (!options)
        return usageError(options.error(), u"trigger"_s);
    // What was read fits, how many ever are on their way.
    config->outbox = {.messages = MostOnTheirWay, .bytes = 2 * MostStandardInput};

    Session session(*config, Session::Patience::None);
    Sending sending(session, *std::move(options));
    const int code = session.run([&] { sending.begin(); }, [&] { session.finish(ExitFailed); });
    if (const QString summary = sending.summary(); !summary.isEmpty())
        say(summary);
    return code;
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
           "which is an event. Sending ends at the first that the server refuses; stderr then says which\n"
           "were applied, by their numbers from 1. Each waits for the answer to the one before it, so that\n"
           "none is applied after one that was refused. With --window N up to N are on their way at a\n"
           "time, which is faster where the server is far away.\n\n"
           "Examples:\n"
           "  dialogue trigger chat message '{\"text\": \"Hello\"}'\n"
           "  jq -c '.readings[]' log.json | dialogue trigger sensors reading -\n"_s,
         .leastOperands = 3,
         .mostOperands = 3,
         .options = clientOptions()
             + QList<Option>{{u"meta"_s, u"JSON"_s, u"An object that travels beside the data."_s},
                             {u"window"_s, u"N"_s, u"Events on their way at a time."_s, u"1"_s},
                             {u"json"_s,
                              {},
                              u"One JSON object for each event: roomId, event, id, offset, timestamp."_s}}},
        runTrigger};
}

} // namespace dialogue::cli
