#pragma once

#include <QFont>

namespace dialogue::console {

/** Of what stands above other things: bold, and so many times as large. */
[[nodiscard]] inline QFont titleFont(QFont font, double times = 1.25)
{
    font.setPointSizeF(font.pointSizeF() * times);
    font.setBold(true);
    return font;
}

} // namespace dialogue::console
