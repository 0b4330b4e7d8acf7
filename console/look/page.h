#pragma once

#include "console/look/place.h"

#include <QWidget>

namespace dialogue::console {

/**
 * One of the window's pages, for one server, whose connection may come and go meanwhile. What it can do are
 * its QWidget::actions(), each with a text: the window offers them in its menu and palette of commands. It
 * asks the server for nothing while it is not visible, but for what has to go on.
 */
class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /** Shows \a place, which is on this page. */
    virtual void go(const Place &place) { Q_UNUSED(place) }
    /** What is to be typed before something is done here; empty: nothing. */
    void setPhrase(const QString &phrase) { m_phrase = phrase; }
    [[nodiscard]] const QString &phrase() const { return m_phrase; }

Q_SIGNALS:
    void wanted(const dialogue::console::Place &place); ///< On another page.

private:
    QString m_phrase;
};

} // namespace dialogue::console
