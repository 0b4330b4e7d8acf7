#pragma once

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

/** What a person finds by looking. */
namespace dialogue::test {

inline QPushButton *buttonOf(const QWidget &where, const QString &text)
{
    const QList<QPushButton *> all = where.findChildren<QPushButton *>();
    const auto found = std::find_if(all.begin(), all.end(), [&](const QPushButton *each) {
        return each->isVisible() && each->text().remove(u'&') == text;
    });
    return found == all.end() ? nullptr : *found;
}

/** By its name for screen readers, or what stands in it while it is empty. */
inline QLineEdit *lineOf(const QWidget &where, const QString &name)
{
    const QList<QLineEdit *> all = where.findChildren<QLineEdit *>();
    const auto found = std::find_if(all.begin(), all.end(), [&](const QLineEdit *each) {
        return each->accessibleName() == name || each->placeholderText() == name;
    });
    return found == all.end() ? nullptr : *found;
}

inline bool says(const QWidget &where, const QString &text)
{
    const QList<QLabel *> all = where.findChildren<QLabel *>();
    return std::any_of(all.begin(), all.end(),
                       [&](const QLabel *each) { return each->isVisible() && each->text().contains(text); });
}

inline QAction *actionOf(const QWidget &where, const QString &text)
{
    const QList<QAction *> all = where.actions();
    const auto found
        = std::find_if(all.begin(), all.end(), [&](const QAction *each) { return each->text() == text; });
    return found == all.end() ? nullptr : *found;
}

} // namespace dialogue::test
