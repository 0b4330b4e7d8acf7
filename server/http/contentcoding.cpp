#include "server/http/contentcoding.h"

#include "core/base/foreigntext.h"
#include "server/http/problem.h"

#include <QList>

#include <zlib.h>

#include <algorithm>

namespace dialogue {

namespace {

constexpr int GzipWindow = MAX_WBITS + 16; ///< As zlib is told that gzip's head and sum go around it.
constexpr int MemoryLevel = 8; ///< Its default.
constexpr qsizetype MostTold = 100; ///< Of what a client says, in what it is answered.

bool isZero(const QByteArray &weight)
{
    bool isNumber = false;
    const double value = weight.toDouble(&isNumber);
    return isNumber && value == 0;
}

} // namespace

bool HttpRequest::acceptsGzip() const
{
    const QByteArrayList items = headers.joined("Accept-Encoding").toLower().split(',');
    bool any = false;
    for (const QByteArray &item : items) {
        const QByteArrayList parts = item.split(';');
        const QByteArray coding = parts.first().trimmed();
        bool isRefused = false;
        for (const QByteArray &parameter : parts.sliced(1)) {
            const QByteArray trimmed = parameter.trimmed();
            isRefused = isRefused || (trimmed.startsWith("q=") && isZero(trimmed.sliced(2)));
        }
        if (coding == "gzip" || coding == "x-gzip")
            return !isRefused;
        any = any || (coding == "*" && !isRefused);
    }
    return any;
}

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, GzipWindow, MemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray out(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData())); // NOLINT: only read
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    const bool isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.truncate(isWhole ? qsizetype(stream.total_out) : 0);
    deflateEnd(&stream);
    return out;
}

QByteArray bodyCoding(const HttpHeaders &headers)
{
    QByteArrayList codings;
    for (const QByteArray &item : headers.joined("Content-Encoding").split(',')) {
        const QByteArray coding = item.trimmed();
        if (!coding.isEmpty() && coding.compare("identity", Qt::CaseInsensitive) != 0)
            codings.append(coding);
    }
    return codings.join(", ");
}

QString codingRefusal(QByteArrayView coding)
{
    return QStringLiteral(
               "The body is encoded (Content-Encoding: %1), which is not taken here: send it as it "
               "is, with no such header or with identity")
        .arg(quoted(coding.first(std::min(coding.size(), MostTold))));
}

HttpResponse codingRefused(QByteArrayView path, QByteArrayView coding)
{
    HttpResponse response = refusalAt(path, 415, codingRefusal(coding).toUtf8());
    addTakenCoding(response);
    return response;
}

void addTakenCoding(HttpResponse &response) { response.headers.append("Accept-Encoding", "identity"); }

} // namespace dialogue
