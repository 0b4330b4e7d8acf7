#include "server/middleware/words.h"

#include <QString>

namespace dialogue {

namespace {

enum class Kind {
    Gap, ///< Between words.
    Letter,
    Single, ///< A word by itself, but for the marks behind it.
    Joined, ///< Goes with what is before it.
};

bool isWithoutBlanks(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

Kind kindOf(char32_t c)
{
    if (c < 0x80) {
        const bool isWord = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
        return isWord ? Kind::Letter : Kind::Gap;
    }
    if (QChar::isMark(c) || QChar::category(c) == QChar::Other_Format)
        return Kind::Joined;
    if (!QChar::isLetterOrNumber(c))
        return Kind::Gap;
    return isWithoutBlanks(c) ? Kind::Single : Kind::Letter;
}

std::u16string folded(QStringView word)
{
    std::u16string plain;
    plain.reserve(static_cast<std::size_t>(word.size()));
    for (const QChar c : word) {
        if (c.unicode() >= 0x80) {
            QString rest = word.toString();
            rest.removeIf([](QChar each) { return each.category() == QChar::Other_Format; });
            // By capitals, as one letter may have two ("ß"); once more, as they may be no normal form.
            return rest.normalized(QString::NormalizationForm_KC)
                .toUpper()
                .toCaseFolded()
                .normalized(QString::NormalizationForm_KC)
                .toStdU16String();
        }
        const char16_t unit = c.unicode();
        plain.push_back(unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + (u'a' - u'A')) : unit);
    }
    return plain;
}

} // namespace

std::vector<Word> wordsOf(QStringView text)
{
    std::vector<Word> words;
    bool isOpen = false; // The last goes on.
    bool isSingle = false; // And is a word by itself.
    const auto close = [&] {
        if (std::exchange(isOpen, false))
            words.back().folded
                = folded(text.sliced(words.back().begin, words.back().end - words.back().begin));
    };
    for (qsizetype at = 0; at < text.size();) {
        const bool isPair
            = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const char32_t c
            = isPair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : char32_t(text[at].unicode());
        const qsizetype behind = at + (isPair ? 2 : 1);
        const Kind kind = kindOf(c);
        const bool goesOn = isOpen && (kind == Kind::Joined || (kind == Kind::Letter && !isSingle));
        if (goesOn) {
            words.back().end = behind;
        } else if (kind != Kind::Joined) {
            close();
            if (kind != Kind::Gap) {
                words.push_back({at, behind, {}});
                isOpen = true;
                isSingle = kind == Kind::Single;
            }
        }
        at = behind;
    }
    close();
    return words;
}

} // namespace dialogue
