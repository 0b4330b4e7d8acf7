#include "console/look/appearance.h"

#include <QApplication>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

const QString AppearanceKey = u"appearance"_s;

QPalette made(QRgb window, QRgb base, QRgb alternate, QRgb text, QRgb quiet, QRgb highlight)
{
    QPalette palette;
    const auto set = [&](std::initializer_list<QPalette::ColorRole> roles, QRgb color) {
        for (const QPalette::ColorRole role : roles)
            palette.setColor(role, QColor(color));
    };
    set({QPalette::Window, QPalette::Button, QPalette::ToolTipBase}, window);
    set({QPalette::Base}, base);
    set({QPalette::AlternateBase}, alternate);
    set({QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}, text);
    set({QPalette::PlaceholderText}, quiet);
    set({QPalette::Highlight, QPalette::Link}, highlight);
    set({QPalette::HighlightedText, QPalette::BrightText}, 0xffffff);
    const QColor button(window);
    palette.setColor(QPalette::Light, button.lighter(130));
    palette.setColor(QPalette::Midlight, button.lighter(115));
    palette.setColor(QPalette::Mid, button.darker(130));
    palette.setColor(QPalette::Dark, button.darker(160));
    palette.setColor(QPalette::Shadow, QColor(Qt::black));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(quiet));
    return palette;
}

QPalette lightPalette() { return made(0xf4f4f5, 0xffffff, 0xf7f8fa, 0x1c1c1e, 0x767676, 0x1b5fb8); }

QPalette darkPalette() { return made(0x242528, 0x1b1c1e, 0x212226, 0xe6e6e6, 0x969696, 0x2f6db5); }

} // namespace

QPalette paletteOf(Appearance appearance)
{
    switch (appearance) {
    case Appearance::Light:
        return lightPalette();
    case Appearance::Dark:
        return darkPalette();
    case Appearance::System:
        break;
    }
    return {};
}

Appearance keptAppearance()
{
    const QString kept = QSettings().value(AppearanceKey).toString();
    return kept == u"dark" ? Appearance::Dark : kept == u"light" ? Appearance::Light : Appearance::System;
}

void setAppearance(Appearance appearance)
{
    static const QString DesktopStyle = QApplication::style()->objectName();
    const bool isChosen = appearance != Appearance::System;
    QSettings().setValue(AppearanceKey,
                         appearance == Appearance::Dark ? u"dark"_s
                             : isChosen                 ? u"light"_s
                                                        : u"system"_s);
    // The desktop's own style may paint by the desktop's colours whatever it is told.
    QApplication::setStyle(QStyleFactory::create(isChosen ? u"fusion"_s : DesktopStyle));
    QApplication::setPalette(paletteOf(appearance));
}

} // namespace dialogue::console
