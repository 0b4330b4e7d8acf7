#pragma once

#include "console/details/eventfacts.h"

#include <QList>
#include <QWidget>

class QLineEdit;

namespace dialogue::console {

/** What is known of an event besides what it says; each can be selected and copied. */
class FactsView : public QWidget
{
    Q_OBJECT
public:
    explicit FactsView(QWidget *parent = nullptr);

    void setFacts(const EventFacts &facts);

private:
    enum Fact { Time, Room, Event, From, Offset, Size, FactCount };

    QList<QLineEdit *> m_values;
};

} // namespace dialogue::console
