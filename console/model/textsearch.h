#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>

namespace dialogue::console {

/**
 * Looks for a text in others, as they are written: what JSON writes as an escape is found as that. Capitals
 * matter where the text has any; else those of ASCII do not.
 */
class TextSearch
{
public:
    TextSearch() = default;
    explicit TextSearch(const QString &text);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); } ///< It is in every text.
    [[nodiscard]] bool isIn(QByteArrayView utf8) const;
    [[nodiscard]] bool isIn(QStringView text) const;
    /** Whether what has this has \a other as well. */
    [[nodiscard]] bool narrows(const TextSearch &other) const;

private:
    QString m_text;
    QByteArray m_needle; // In small letters, where capitals do not matter.
    bool m_capitalsMatter = false;
    // How far to go where this is the last character that was compared (Boyer, Moore and Horspool).
    std::array<quint16, 256> m_shifts = {};
};

} // namespace dialogue::console
