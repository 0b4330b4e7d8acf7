#include "cli/api/apiclient.h"
#include "cli/base/clientoptions.h"
#include "cli/base/jsonvalue.h"
#include "cli/base/session.h"
#include "cli/base/standardinput.h"
#include "cli/commands/command.h"
#include "core/base/foreigntext.h"
#include "core/base/nearest.h"
#include "process/print.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

int failed(const Error &error)
{
    say(errorText(error));
    return exitCodeOf(error);
}

QByteArray tableOf(const QList<ApiOperation> &operations)
{
    qsizetype widest = 0;
    for (const ApiOperation &each : operations)
        widest = std::max(widest, each.id.size());
    QString table;
    for (const ApiOperation &each : operations) {
        table += printable(each.id).leftJustified(widest + 2) + printable(each.summary) + u'\n';
    }
    return table.toUtf8();
}

Result<QJsonObject> documentOf(ApiClient &client)
{
    const Result<QByteArray> text = client.ask({.method = "GET", .path = u"/openapi.json"_s});
    if (!text)
        return text.error();
    const QJsonObject document = QJsonDocument::fromJson(*text).object();
    if (operationsOf(document).isEmpty()) {
        return Error{
            .code = ErrorCode::ProtocolViolation,
            .message
            = u"what the server answers is no OpenAPI document; has it an API (auth.apiKeys, api.port)?"_s};
    }
    return document;
}

Result<ApiOperation> operationCalled(const QString &id, const QList<ApiOperation> &operations)
{
    QStringList ids;
    for (const ApiOperation &each : operations) {
        if (each.id == id)
            return each;
        ids.append(each.id);
    }
    const QString near = nearest(id, ids);
    return Error{.code = ErrorCode::InvalidRequest,
                 .message = u"there is no operation '%1'; %2"_s.arg(
                     id, near.isEmpty() ? u"`dialogue api` lists them"_s : u"did you mean %1?"_s.arg(near))};
}

Result<std::optional<QByteArray>> bodyOf(const Arguments &arguments)
{
    if (!arguments.isSet(u"body"_s))
        return std::optional<QByteArray>();
    Result<QByteArray> text = arguments.value(u"body"_s).toUtf8();
    if (*text == "-")
        text = standardInput();
    if (!text)
        return text.error();
    const Result<JsonData> json = readJson(*text);
    if (!json || !json->isObject())
        return Error{
            .code = ErrorCode::InvalidRequest, .message = u"must be a JSON object"_s, .path = u"--body"_s};
    return std::optional<QByteArray>(json->text());
}

/** In a line, as it came: numbers keep their digits. */
Printed printAnswer(const QByteArray &answer)
{
    return answer.isEmpty() ? Printed::Whole : print(printable(QString::fromUtf8(answer)).toUtf8() + '\n');
}

int runApi(const Arguments &arguments)
{
    const auto config = clientConfig(arguments);
    if (!config)
        return usageError(config.error(), u"api"_s);
    const auto body = bodyOf(arguments);
    if (!body)
        return usageError(body.error(), u"api"_s);
    ApiClient client(*config);
    const Result<QJsonObject> document = documentOf(client);
    if (!document)
        return failed(document.error());
    const QList<ApiOperation> operations = operationsOf(*document);
    if (arguments.operands().isEmpty())
        return exitCodeOf(print(tableOf(operations)));
    const Result<ApiOperation> operation = operationCalled(arguments.operands().first(), operations);
    if (!operation)
        return usageError(operation.error(), u"api"_s);
    QStringList words = arguments.operands().mid(1);
    const bool followsPages = arguments.isSet(u"all"_s);
    for (;;) {
        const Result<ApiRequest> request = apiRequest(*operation, words, *body);
        if (!request)
            return usageError(request.error(), u"api"_s);
        const Result<QByteArray> answer = client.ask(*request);
        if (!answer)
            return failed(answer.error());
        const Printed printed = printAnswer(*answer);
        const QString next = QJsonDocument::fromJson(*answer)[u"next"_s].toString();
        if (printed != Printed::Whole || !followsPages || next.isEmpty())
            return exitCodeOf(printed);
        if (words.contains(u"cursor="_s + next))
            return failed(
                {.code = ErrorCode::ProtocolViolation, .message = u"the server gives the same page again"_s});
        words.removeIf([](const QString &word) { return word.startsWith(u"cursor="); });
        words.append(u"cursor="_s + next);
    }
}

} // namespace

Command apiCommand()
{
    return {{.name = u"api"_s,
             .operands = u"[OPERATION [NAME=VALUE...]]"_s,
             .summary = u"Asks the HTTP API of a server, or lists what it does."_s,
             .details
             = u"What there is, and what it takes, the server itself says (its OpenAPI document). Values are "
               u"text where it asks for text, and JSON elsewhere.\n\n"
               u"  dialogue api\n"
               u"  dialogue api listRooms limit=10\n"
               u"  dialogue api triggerEvent roomId=chat event=message data='{\"text\": \"Hello\"}'\n"
               u"  dialogue api listEvents roomId=chat --all"_s,
             .leastOperands = 0,
             .mostOperands = -1,
             .options = clientOptions()
                 + QList<Option>{{u"body"_s, u"JSON|-"_s,
                                  u"All of the body, an object; -: from standard input."_s},
                                 {u"all"_s, {}, u"Page after page, each in a line."_s}}},
            runApi};
}

} // namespace dialogue::cli
