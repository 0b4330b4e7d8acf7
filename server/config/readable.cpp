#include "server/config/readable.h"

#include "server/config/textplaces.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

using Flag = QStringDecoder::Flag;

/** Whether the first \a size bytes are UTF-8; unless Stateless, a character may be cut at their end. */
bool isUtf8(const QByteArray &text, qsizetype size, Flag flag)
{
    QStringDecoder decoder(QStringDecoder::Utf8, flag);
    const QString decoded = decoder(QByteArrayView(text).first(size));
    Q_UNUSED(decoded)
    return !decoder.hasError();
}

/** Where the first byte stands that belongs to no character; the size of the text where there is none. */
qsizetype firstInvalid(const QByteArray &text)
{
    if (isUtf8(text, text.size(), Flag::Stateless))
        return text.size();
    qsizetype good = 0;
    qsizetype bad = text.size() + 1;
    while (bad - good > 1) {
        const qsizetype middle = good + (bad - good) / 2;
        (isUtf8(text, middle, Flag::Default) ? good : bad) = middle;
    }
    while (!isUtf8(text, good, Flag::Stateless))
        --good; // To where the character begins that does not go on.
    return good;
}

/** A control character but tab, line feed and carriage return; U+0085 is a line break. */
bool isControl(const QByteArray &text, qsizetype at)
{
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == 0x7f)
        return c != '\t' && c != '\n' && c != '\r';
    // U+0080 to U+009F
    return c == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0
        && static_cast<unsigned char>(text[at + 1]) != 0x85;
}

QString codePoint(uint c) { return u"U+"_s + QString::number(c, 16).toUpper().rightJustified(4, u'0'); }

bool isUtf16(const QByteArray &text)
{
    return text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff")
        || (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0'));
}

} // namespace

bool isReadable(const QByteArray &text, Issues &issues)
{
    if (isUtf16(text)) {
        issues.error({1, 1}, {}, u"is UTF-16; save the file as UTF-8"_s);
        return false;
    }
    TextPlaces places(text);
    if (const qsizetype at = firstInvalid(text); at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const QString latin1
            = byte >= 0xa0 ? u" (in Latin-1 that is \"%1\")"_s.arg(QChar(ushort(byte))) : QString();
        issues.error(places.at(at), {},
                     u"is not UTF-8: the byte 0x%1%2 belongs to no character; save the file as UTF-8"_s.arg(
                         QString::number(byte, 16).toUpper().rightJustified(2, u'0'), latin1));
        return false;
    }
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!isControl(text, at))
            continue;
        const bool isLong = static_cast<unsigned char>(text[at]) == 0xc2;
        const auto c = static_cast<unsigned char>(text[at + (isLong ? 1 : 0)]);
        issues.error(places.at(at), {},
                     u"a control character, %1, stands here; a file has none, and in double quotes it is "
                     u"written \"\\u%2\""_s.arg(codePoint(c),
                                                QString::number(c, 16).toUpper().rightJustified(4, u'0')));
        return false;
    }
    return true;
}

} // namespace dialogue::config
