#include "server/sse/sserequest.h"

#include "core/protocol/dialogue/requests.h"
#include "server/auth/placetext.h"

#include <QSet>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace dialogue::sse {

namespace {

/** The names in the items of that key, each decoded after the list was taken apart; nothing: there is no such
 * item. */
Result<std::optional<QStringList>> namesIn(const HttpQuery &query, const QByteArray &key)
{
    std::optional<QStringList> names;
    QSet<QString> seen; // A head may hold thousands.
    const QByteArrayList items = query.text().split('&');
    for (const QByteArray &item : items) {
        if (!item.startsWith(key + '='))
            continue;
        if (!names)
            names.emplace();
        const QByteArrayList parts = item.sliced(key.size() + 1).split(',');
        for (QByteArray part : parts) {
            part = QByteArray::fromPercentEncoding(part.replace('+', ' '));
            QStringDecoder decoder(QStringDecoder::Utf8);
            const QString name = decoder(part);
            if (name.isEmpty() || name.size() > protocol::MaxNameLength || decoder.hasError()) {
                return Error{
                    ErrorCode::InvalidRequest,
                    u"must be a list of names such as \"a,b\", percent-encoded UTF-8, each of at most "
                    "%1 characters"_s.arg(protocol::MaxNameLength),
                    QString::fromLatin1(key)};
            }
            if (!seen.contains(name)) {
                seen.insert(name);
                names->append(name);
            }
        }
    }
    return names;
}

} // namespace

Result<RoomsWanted> roomsWanted(const HttpRequest &request, int mostRooms)
{
    const auto rooms = namesIn(request.query, "rooms");
    if (!rooms)
        return rooms.error();
    if (!*rooms)
        return Error{ErrorCode::InvalidRequest, u"is missing: say which, as in ?rooms=chat"_s, u"rooms"_s};
    if ((*rooms)->size() > mostRooms) {
        return Error{
            ErrorCode::InvalidRequest,
            u"names %1 rooms; one stream is of %2 at most (channels.sse.maxRooms)"_s.arg((*rooms)->size())
                .arg(mostRooms),
            u"rooms"_s};
    }
    const auto events = namesIn(request.query, "events");
    if (!events)
        return events.error();
    RoomsWanted wanted{.rooms = **rooms, .events = *events};
    QByteArray last = request.headers.value("Last-Event-ID");
    if (last.isEmpty())
        last = request.query.value("lastEventId");
    if (!last.isEmpty()) // Where it is none of ours, that much is known: all that there was may be missing.
        wanted.after = placeOf(last).value_or(RoomsWanted::Place());
    return wanted;
}

bool readsEvents(const HttpRequest &request)
{
    return request.headers.joined("Accept").contains("text/event-stream");
}

ConnectRequest connectRequest(const HttpRequest &request, RoomsWanted &&wanted, const QByteArray &sessionId)
{
    QJsonObject auth;
    if (const QByteArray userId = request.query.value("userId"); !userId.isEmpty())
        auth.insert("userId"_L1, QString::fromUtf8(userId));
    return {.nsp = "/",
            .auth = auth,
            .handshake = {.address = request.peerAddress,
                          .headers = request.headers,
                          .query = request.query,
                          .secure = request.secure,
                          .certificate = request.certificate,
                          .transport = "sse",
                          .sessionId = sessionId},
            .wanted = std::move(wanted)};
}

} // namespace dialogue::sse
