#pragma once

#include "console/look/appearance.h"

#include <QApplication>
#include <QDir>
#include <QStyleFactory>
#include <QTest>
#include <QWidget>

/** What widgets look like, in light and in dark: PNGs in the folder that the environment variable
 * DIALOGUE_LOOKS names, for people to look at. */
namespace dialogue::test {

/** As the application's own. */
[[nodiscard]] inline QPalette lookPalette(bool isDark)
{
    return console::paletteOf(isDark ? console::Appearance::Dark : console::Appearance::Light);
}

/** A global table (initTestCase_data()) of both. */
inline void looksTable()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

/** As the row of looksTable() says. */
inline void useLook()
{
    QFETCH_GLOBAL(bool, dark);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(lookPalette(dark));
}

/** Without DIALOGUE_LOOKS nothing is written. False: it could not be. */
[[nodiscard]] inline bool writeLook(QWidget &widget, const QString &name)
{
    const QPixmap look = widget.grab();
    const QString folder = qEnvironmentVariable("DIALOGUE_LOOKS");
    QString file = name;
    if (!qFuzzyCompare(widget.devicePixelRatioF(), 1))
        file += QStringLiteral("-x%1").arg(widget.devicePixelRatioF());
    return folder.isEmpty() || look.save(QDir(folder).filePath(file + QStringLiteral(".png")));
}

/** Shows \a widget, and writes it in the look of the row. Whether it is there, and as large as it needs. */
[[nodiscard]] inline bool picture(QWidget &widget, QString name)
{
    widget.show();
    if (!QTest::qWaitForWindowExposed(&widget))
        return false;
    QCoreApplication::processEvents();
    QFETCH_GLOBAL(bool, dark);
    if (const char *const tag = QTest::currentDataTag())
        name += u'-' + QString::fromLatin1(tag);
    const QSize least = widget.minimumSizeHint();
    return writeLook(widget, name + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")))
        && widget.width() >= least.width() && widget.height() >= least.height();
}

} // namespace dialogue::test
