#include "console/form/arrayeditor.h"

#include "console/form/fieldhint.h"
#include "console/form/fieldrow.h"

#include <QGridLayout>
#include <QPushButton>
#include <QToolButton>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QToolButton *toolButton(Qt::ArrowType arrow, const QString &name)
{
    auto *const button = new QToolButton;
    if (arrow == Qt::NoArrow)
        button->setText(u"✕"_s);
    else
        button->setArrowType(arrow);
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

ArrayEditor::ArrayEditor(const Field &field, FormContext &context, QWidget *parent)
    : FieldEditor(field, parent)
    , m_context(context)
    , m_grid(new QGridLayout)
    , m_more(new QPushButton)
    , m_add(new QPushButton(tr("Add item")))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 4);
    column->addLayout(m_grid);
    column->addWidget(m_more, 0, Qt::AlignLeft);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    m_grid->setColumnStretch(1, 1);
    m_grid->setHorizontalSpacing(12);
    m_more->setAutoDefault(false);
    m_add->setAutoDefault(false);
    setInput(m_add);
    m_add->setAccessibleName(tr("%1: add item").arg(captionOf(field)));
    connect(m_more, &QPushButton::clicked, this, &ArrayEditor::showMore);
    connect(m_add, &QPushButton::clicked, this, &ArrayEditor::add);
    tell();
}

ArrayEditor::~ArrayEditor() = default;

void ArrayEditor::addRow(const QJsonValue &value)
{
    const int index = int(m_items.size());
    Field field = m_context.schema().item(this->field(), index);
    const QString caption = field.title.isEmpty()
        ? tr("Item %1").arg(index + 1)
        : tr("%1 %2", "title, number").arg(field.title).arg(index + 1);
    field.title = caption; // By which its parts are called, too.
    auto *const tools = new QWidget;
    auto *const line = new QHBoxLayout(tools);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    Item item{.row = std::make_unique<FieldRow>(field, m_context),
              .up = toolButton(Qt::UpArrow, tr("%1: up").arg(caption)),
              .down = toolButton(Qt::DownArrow, tr("%1: down").arg(caption)),
              .remove = toolButton(Qt::NoArrow, tr("%1: remove").arg(caption))};
    for (QToolButton *const each : {item.up, item.down, item.remove})
        line->addWidget(each);
    item.row->addTool(tools);
    item.row->addTo(m_grid);
    item.row->setValue(value);
    connect(item.row.get(), &FieldRow::edited, this, &ArrayEditor::edited);
    connect(item.up, &QToolButton::clicked, this, [this, index] { move(index, index - 1); });
    connect(item.down, &QToolButton::clicked, this, [this, index] { move(index, index + 1); });
    connect(item.remove, &QToolButton::clicked, this, [this, index] { removeAt(index); });
    m_items.push_back(std::move(item));
}

QJsonArray ArrayEditor::items() const
{
    QJsonArray items;
    for (const Item &item : m_items)
        items.append(item.row->value());
    for (const QJsonValue &value : m_rest)
        items.append(value);
    return items;
}

QJsonValue ArrayEditor::value() const { return items(); }

void ArrayEditor::setValue(const QJsonValue &value)
{
    m_rest = value.toArray();
    const qsizetype shown
        = std::min(m_rest.size(), std::max<qsizetype>(FormContext::RowsAtOnce, qsizetype(m_items.size())));
    if (qsizetype(m_items.size()) > shown)
        m_items.erase(m_items.begin() + shown, m_items.end());
    for (Item &item : m_items)
        item.row->setValue(m_rest.takeAt(0));
    while (qsizetype(m_items.size()) < shown)
        addRow(m_rest.takeAt(0));
    tell();
    Q_EMIT m_context.built();
}

void ArrayEditor::showMore()
{
    for (int i = 0; i < FormContext::RowsAtOnce && !m_rest.isEmpty(); ++i)
        addRow(m_rest.takeAt(0));
    tell();
    Q_EMIT m_context.built();
}

void ArrayEditor::add()
{
    const Field next = m_context.schema().item(field(), qsizetype(m_items.size()));
    addRow(m_context.schema().initialValue(next));
    tell();
    Q_EMIT m_context.built();
    Q_EMIT edited();
    if (QWidget *const input = m_items.back().row->reveal({}))
        input->setFocus();
}

void ArrayEditor::move(qsizetype from, qsizetype to)
{
    QJsonArray all = items();
    all.insert(to, all.takeAt(from));
    setValue(all);
    const Item &moved = m_items[std::size_t(to)];
    QToolButton *const button = to < from ? moved.up : moved.down;
    (button->isEnabled() ? button : moved.remove)->setFocus();
    Q_EMIT edited();
}

void ArrayEditor::removeAt(qsizetype index)
{
    QJsonArray all = items();
    all.removeAt(index);
    setValue(all);
    if (m_items.empty())
        m_add->setFocus();
    else
        m_items[std::min(std::size_t(index), m_items.size() - 1)].remove->setFocus();
    Q_EMIT edited();
}

void ArrayEditor::tell()
{
    m_more->setVisible(!m_rest.isEmpty());
    m_more->setText(tr("Show more (%1 left)").arg(m_rest.size()));
    m_add->setVisible(m_rest.isEmpty());
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        m_items[i].up->setEnabled(i > 0);
        m_items[i].down->setEnabled(i + 1 < m_items.size());
    }
}

QStringList ArrayEditor::showFaults(const FaultTree &faults)
{
    FaultTree rest = faults;
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_items[i].row->showFaults(rest.below.take(QString::number(i)));
    return rest.all();
}

QWidget *ArrayEditor::reveal(const QStringList &pointer)
{
    bool isIndex = false;
    const int index = pointer.isEmpty() ? 0 : pointer.first().toInt(&isIndex);
    if (!isIndex || index < 0)
        return m_add;
    while (std::size_t(index) >= m_items.size() && !m_rest.isEmpty())
        showMore();
    return std::size_t(index) < m_items.size() ? m_items[std::size_t(index)].row->reveal(pointer.mid(1))
                                               : m_add;
}

} // namespace dialogue::console
