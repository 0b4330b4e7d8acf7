#include "console/look/fieldlist.h"

#include "console/look/tonedlabel.h"

#include <QGridLayout>
#include <QLabel>

namespace dialogue::console {

FieldList::FieldList(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(5);
    m_grid->setColumnStretch(1, 1);
}

void FieldList::setFields(const QList<Field> &fields)
{
    const auto label = [this](int row, int column) {
        QLayoutItem *const item = m_grid->itemAtPosition(row, column);
        if (item != nullptr)
            return static_cast<QLabel *>(item->widget());
        QLabel *const made = column == 0 ? new TonedLabel(Tone::Quiet) : new QLabel;
        made->setTextFormat(Qt::PlainText);
        made->setAlignment(Qt::AlignTop | Qt::AlignLeading);
        made->setWordWrap(column == 1);
        if (column == 1)
            made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_grid->addWidget(made, row, column);
        return made;
    };
    const auto set = [](QLabel *shown, const QString &text) {
        if (shown->text() != text)
            shown->setText(text);
        shown->show();
    };
    for (int i = 0; i < fields.size(); ++i) {
        set(label(i, 0), fields[i].name);
        QLabel *const value = label(i, 1);
        set(value, fields[i].value);
        value->setAccessibleName(fields[i].name);
    }
    for (int i = int(fields.size()); m_grid->itemAtPosition(i, 0) != nullptr; ++i) {
        label(i, 0)->hide();
        label(i, 1)->hide();
    }
}

} // namespace dialogue::console
