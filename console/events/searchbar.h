#pragma once

#include "console/model/eventsearch.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace dialogue::console {

/** Finds a text among the events that are shown: how many have it, which of them the current one is, and the
 * next. Closed it looks for nothing. */
class SearchBar : public QWidget
{
    Q_OBJECT
public:
    explicit SearchBar(EventModel &model, QWidget *parent = nullptr);

    /** What the table shows, in which it looks. */
    void setShown(const EventQuery &shown);
    /** From where the next one is looked for. */
    void setCurrent(std::optional<quint64> seq);
    void open();
    void close();
    void goNext();
    void goPrevious();
    void setText(const QString &text);
    [[nodiscard]] QString status() const; ///< "3 of 120"

Q_SIGNALS:
    void found(quint64 seq);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void start();
    void update();

    EventSearch m_search;
    EventQuery m_shown;
    std::optional<quint64> m_current;
    QLineEdit *m_text;
    QLabel *m_status;
    QToolButton *m_previous;
    QToolButton *m_next;
};

} // namespace dialogue::console
