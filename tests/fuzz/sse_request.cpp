#include "core/protocol/dialogue/requests.h"
#include "server/sse/sserequest.h"
#include "tests/fuzz/require.h"

#include <QSet>
#include <QUrl>

using namespace dialogue;

namespace {

constexpr int MostRooms = 5;

HttpRequest get(const QByteArray &query, const QByteArray &lastEventId = {})
{
    HttpRequest request;
    request.method = "GET";
    request.path = "/events";
    request.query = HttpQuery(query);
    if (!lastEventId.isNull())
        request.headers.append("Last-Event-ID", lastEventId);
    return request;
}

/** The names of a list that was read, which are whole and there once, and say the same when written again. */
QByteArray checked(const QByteArray &key, const QStringList &names)
{
    QByteArrayList written;
    for (const QString &name : names) {
        fuzz::require(!name.isEmpty() && name.size() <= protocol::MaxNameLength);
        written.append(QUrl::toPercentEncoding(name));
    }
    fuzz::require(QSet<QString>(names.begin(), names.end()).size() == names.size());
    return key + '=' + written.join(',');
}

} // namespace

/** The input is the query of a request for a stream, and in a second line its Last-Event-ID. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzz::view(data, size).toByteArray();
    const qsizetype end = input.indexOf('\n');
    const HttpRequest request
        = get(end < 0 ? input : input.first(end), end < 0 ? QByteArray() : input.sliced(end + 1));
    Result<RoomsWanted> wanted = sse::roomsWanted(request, MostRooms);
    if (!wanted) {
        fuzz::require(wanted.error().code == ErrorCode::InvalidRequest && !wanted.error().path.isEmpty());
        return 0;
    }
    fuzz::require(!wanted->rooms.isEmpty() && wanted->rooms.size() <= MostRooms);
    QByteArray again = checked("rooms", wanted->rooms);
    if (wanted->events)
        again += '&' + checked("events", *wanted->events);
    // What is there already is known where anything was said of it, be it what nobody can read.
    fuzz::require(wanted->after.has_value() || request.headers.value("Last-Event-ID").isEmpty());
    const Result<RoomsWanted> reread = sse::roomsWanted(get(again), MostRooms);
    fuzz::require(reread && reread->rooms == wanted->rooms && reread->events == wanted->events
                  && !reread->after);

    const QStringList rooms = wanted->rooms;
    const ConnectRequest connecting = sse::connectRequest(request, *std::move(wanted), "sse1");
    fuzz::require(connecting.nsp == "/" && connecting.wanted && connecting.wanted->rooms == rooms);
    return 0;
}
