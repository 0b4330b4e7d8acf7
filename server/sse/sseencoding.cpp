#include "server/sse/sseencoding.h"

#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/names.h"
#include "server/auth/placetext.h"
#include "server/fanout/publication.h"

using namespace Qt::StringLiterals;

namespace dialogue::sse {

namespace {

/** JSON has line breaks between its tokens only; in a name there should be none. */
QByteArray onOneLine(QByteArrayView text)
{
    QByteArray line = text.toByteArray();
    if (line.contains('\n') || line.contains('\r'))
        line.replace('\n', ' ').replace('\r', ' ');
    return line;
}

/** `{...}` with one member more. */
QByteArray withAttachments(QByteArrayView envelope, const QList<QByteArray> &attachments)
{
    QByteArray json = envelope.chopped(1).toByteArray();
    json += R"(,"attachments":[)";
    for (qsizetype i = 0; i < attachments.size(); ++i)
        json.append(i > 0 ? ",\"" : "\"").append(attachments[i].toBase64()).append('"');
    return json += "]}";
}

} // namespace

QByteArray eventText(const QByteArray &id, const QString &name, QByteArrayView json)
{
    QByteArray text;
    text.reserve(json.size() + name.size() + id.size() + 32);
    if (!id.isNull())
        text.append("id: ").append(id).append('\n');
    text.append("event: ").append(onOneLine(name.toUtf8())).append('\n');
    return text.append("data: ").append(onOneLine(json)).append("\n\n");
}

std::shared_ptr<Frame> SseEncoding::encode(const Publication &publication) const
{
    const QByteArray id = placeText({.run = m_run, .seq = publication.departure().nothingMissingUpTo});
    if (publication.attachmentCount() == 0)
        return Frame::raw(eventText(id, publication.event(), publication.json()));
    return Frame::raw(
        eventText(id, publication.event(), withAttachments(publication.json(), publication.attachments())));
}

std::shared_ptr<Frame> SseEncoding::encodeGap(const QString &roomId, quint64 from, quint64 to,
                                              GapReason reason) const
{
    json::ObjectWriter gap;
    gap.string("roomId"_L1, roomId);
    gap.number("from"_L1, static_cast<qint64>(from));
    gap.number("to"_L1, static_cast<qint64>(to));
    gap.string("reason"_L1, reason == GapReason::Replaced ? u"replaced"_s : u"dropped"_s);
    return Frame::raw(eventText({}, protocol::names::gap, gap.take()));
}

} // namespace dialogue::sse
