#include "server/middleware/webhookanswer.h"

#include "core/base/foreigntext.h"
#include "core/json/cursor.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr qsizetype MaxText = 200; // Of what goes on to the client, in characters.

/** "application/problem+json; charset=utf-8" */
QByteArray mediaType(const QByteArray &contentType)
{
    return contentType.split(';').constFirst().trimmed().toLower();
}

bool isJson(const QByteArray &type) { return type == "application/json" || type.endsWith("+json"); }

/** Of a problem (RFC 9457) its detail, or its title; of a plain text its first line. */
QString problemIn(const WebhookReply &reply)
{
    const QByteArray type = mediaType(reply.contentType);
    QString text;
    if (isJson(type)) {
        const QJsonObject problem = QJsonDocument::fromJson(reply.body).object();
        for (const auto member : {"detail"_L1, "title"_L1}) {
            if (text.isEmpty())
                text = problem[member].toString();
        }
    } else if (type == "text/plain") {
        text = QString::fromUtf8(reply.body.trimmed());
        text = text.section(u'\n', 0, 0);
    }
    return printable(QStringView(text).trimmed().left(MaxText));
}

WebhookAnswer failed(WebhookAnswer::Kind kind, const QString &text) { return {kind, text, {}, {}}; }

WebhookAnswer passed(const WebhookReply &reply)
{
    WebhookAnswer answer;
    if (reply.body.trimmed().isEmpty() || !isJson(mediaType(reply.contentType)))
        return answer;
    const auto bad
        = [](const QString &what) { return failed(WebhookAnswer::Kind::Fail, u"its answer "_s + what); };
    const QByteArray body = reply.body.trimmed();
    if (const auto good = json::check(body); !good)
        return bad(u"is no JSON: "_s + good.error().message);
    json::Cursor cursor(body);
    if (cursor.type() != QJsonValue::Object)
        return bad(u"is no object such as {\"data\": ...}"_s);
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        const bool isData = cursor.key().is("data");
        const bool isMeta = cursor.key().is("meta");
        if ((isData && answer.data) || (isMeta && answer.meta))
            return bad(u"has a member twice"_s);
        if (isMeta && cursor.type() != QJsonValue::Object)
            return bad(u"has a meta that is no object"_s);
        const QByteArray value = cursor.skip().toByteArray();
        if (isData)
            answer.data = JsonData::fromText(value);
        else if (isMeta)
            answer.meta = JsonData::fromText(value).toObject();
    }
    return answer;
}

} // namespace

WebhookAnswer readWebhookReply(const WebhookReply &reply)
{
    using Kind = WebhookAnswer::Kind;
    const int status = reply.status;
    if (status >= 200 && status < 300)
        return passed(reply);
    const QString said = u"it answered %1"_s.arg(status);
    if (status >= 500 || status == 408 || status == 425 || status == 429)
        return failed(Kind::Retry, said);
    if (status < 400)
        return failed(Kind::Fail, status >= 300 ? said + u", and redirects are not followed"_s : said);
    const QString problem = problemIn(reply);
    return {Kind::Stop, problem.isEmpty() ? u"The event was refused"_s : problem, {}, {}};
}

} // namespace dialogue
