#pragma once

#include <QByteArray>
#include <QString>

namespace dialogue::cli {

/** Colours, where they are seen. */
class Style
{
public:
    enum Colour { Dim = 2, Bold = 1, Green = 32, Yellow = 33, Cyan = 36 };

    explicit Style(bool hasColours)
        : m_hasColours(hasColours)
    { }

    /** Of a stream: colours on a terminal, unless NO_COLOR is set (no-color.org) or it is a dumb one. */
    static Style of(int descriptor);

    [[nodiscard]] QString operator()(Colour colour, const QString &text) const;

private:
    bool m_hasColours;
};

} // namespace dialogue::cli
