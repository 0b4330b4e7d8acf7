#pragma once

#include "server/config/node.h"

#include <QByteArrayView>

namespace dialogue::config {

/** Turns offsets of a text in UTF-8 into lines and columns; fast where they come in the order of the text. */
class TextPlaces
{
public:
    /** The text must outlive it. */
    explicit TextPlaces(QByteArrayView text)
        : m_text(text)
    { }

    /** Columns are counted in characters. An offset behind the end is the end. */
    FilePosition at(qsizetype offset);

private:
    QByteArrayView m_text;
    // Of the last answer: those that follow go on from there.
    qsizetype m_offset = 0;
    qsizetype m_lineBegin = 0;
    FilePosition m_position{1, 1};
};

} // namespace dialogue::config
