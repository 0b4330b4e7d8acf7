#include "cli/base/clientoptions.h"
#include "cli/base/jsonvalue.h"
#include "cli/base/session.h"
#include "cli/commands/command.h"
#include "core/base/foreigntext.h"
#include "core/json/jsondata.h"
#include "process/print.h"

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

int runRequest(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"request"_s);
    const QString name = arguments.operands().constFirst();
    QJsonValue data = QJsonValue::Undefined;
    if (arguments.operands().size() > 1) {
        const auto read = readJson(arguments.operands().at(1).toUtf8());
        if (!read)
            return usageError(read.error(), u"request"_s);
        data = *read;
    }
    Session session(*config, Session::Patience::None);
    return session.run(
        [&] {
            session.client().request(name, data).then(&session, [&](const Result<QJsonValue> &answer) {
                if (!answer)
                    return session.fail(answer.error());
                session.finish(exitCodeOf(
                    print(printable(QString::fromUtf8(JsonData(*answer).text())).toUtf8() + '\n')));
            });
        },
        [&] { session.finish(ExitFailed); });
}

} // namespace

Command requestCommand()
{
    return {{.name = u"request"_s,
             .operands = u"NAME [JSON]"_s,
             .summary = u"Asks the server's application, and prints its answer as JSON."_s,
             .details = u"Which requests there are besides rooms and events, the application decides.\n\n"
                        "Example:\n"
                        "  dialogue request quote '{\"amount\": 2}'\n"_s,
             .leastOperands = 1,
             .mostOperands = 2,
             .options = clientOptions()},
            runRequest};
}

} // namespace dialogue::cli
