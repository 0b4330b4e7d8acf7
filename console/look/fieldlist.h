#pragma once

#include <QWidget>

class QGridLayout;

namespace dialogue::console {

/** Names and values below each other, values to be selected and copied. */
class FieldList : public QWidget
{
    Q_OBJECT
public:
    explicit FieldList(QWidget *parent = nullptr);

    struct Field
    {
        QString name;
        QString value;
    };
    /** In place of those that were there; texts that are the same keep what is selected of them. */
    void setFields(const QList<Field> &fields);

private:
    QGridLayout *m_grid;
};

} // namespace dialogue::console
