#include "server/websocket/deflateoffer.h"

#include "server/http/token.h"

#include <QSet>

#include <algorithm>
#include <optional>

namespace dialogue {

namespace {

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

/** The parts between \a separator, but not where it stands in quotes. */
QList<QByteArray> split(const QByteArray &text, char separator)
{
    QList<QByteArray> parts;
    qsizetype begin = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && isQuoted) {
            ++i;
        } else if (text[i] == '"') {
            isQuoted = !isQuoted;
        } else if (text[i] == separator && !isQuoted) {
            parts.append(text.mid(begin, i - begin).trimmed());
            begin = i + 1;
        }
    }
    parts.append(text.mid(begin).trimmed());
    return parts;
}

/** RFC 6455, section 9.1: of a value in quotes what it is without them has to be a token, too. */
std::optional<QByteArray> valueOf(QByteArray text)
{
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.sliced(1, text.size() - 2).replace('\\', "");
    return isToken(text) ? std::optional(text) : std::nullopt;
}

/** 8 to 15, without a zero in front (RFC 7692, section 7.1.2). */
std::optional<int> windowBitsOf(const QByteArray &text)
{
    const int bits = text.toInt();
    const bool isPlain = QByteArray::number(bits) == text;
    return isPlain && bits >= 8 && bits <= 15 ? std::optional(bits) : std::nullopt;
}

bool isAcceptable(QByteArrayView name, const std::optional<QByteArray> &value)
{
    if (name == "server_no_context_takeover" || name == "client_no_context_takeover")
        return !value;
    // Ours is for all: who has no room for the largest window gets what is not compressed.
    if (name == "server_max_window_bits")
        return value && windowBitsOf(*value) == 15;
    if (name == "client_max_window_bits")
        return !value || windowBitsOf(*value);
    return false;
}

bool isAcceptable(const QByteArray &offer)
{
    const QList<QByteArray> words = split(offer, ';');
    if (words.first().compare("permessage-deflate", Qt::CaseInsensitive) != 0)
        return false;
    QSet<QByteArray> seen;
    for (const QByteArray &word : words.sliced(1)) {
        const qsizetype equals = word.indexOf('=');
        const QByteArray name = (equals < 0 ? word : word.first(equals)).trimmed().toLower();
        std::optional<QByteArray> value;
        if (equals >= 0) {
            value = valueOf(word.sliced(equals + 1).trimmed());
            if (!value)
                return false;
        }
        if (seen.contains(name) || !isAcceptable(name, value))
            return false;
        seen.insert(name);
    }
    return true;
}

} // namespace

bool offersDeflate(const HttpHeaders &headers)
{
    const QList<QByteArray> offers = split(headers.joined("Sec-WebSocket-Extensions"), ',');
    return std::any_of(offers.begin(), offers.end(),
                       [](const QByteArray &offer) { return isAcceptable(offer); });
}

} // namespace dialogue
