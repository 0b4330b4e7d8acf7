#include "console/form/objecteditor.h"

#include "console/form/fieldhint.h"
#include "console/form/fieldrow.h"
#include "console/look/tonedlabel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

ObjectEditor::ObjectEditor(const Field &field, FormContext &context, QWidget *parent)
    : FieldEditor(field, parent)
    , m_context(context)
    , m_hidden(context.schema().members(field))
    , m_grid(new QGridLayout)
    , m_more(new QPushButton)
    , m_beyond(new TonedLabel(Tone::Quiet))
{
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 4);
    column->addLayout(m_grid);
    column->addWidget(m_more, 0, Qt::AlignLeft);
    column->addWidget(m_beyond);
    m_grid->setColumnStretch(1, 1);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(8);
    connect(m_more, &QPushButton::clicked, this, &ObjectEditor::showMore);
    if (FormSchema::invitesOthers(field)) {
        m_otherName = new QLineEdit;
        m_otherName->setPlaceholderText(tr("Name of another member"));
        m_otherName->setAccessibleName(tr("%1: name of another member").arg(captionOf(field)));
        m_otherName->setMaxLength(200);
        m_addOther = new QPushButton(tr("Add member"));
        m_addOther->setAutoDefault(false);
        auto *const line = new QHBoxLayout;
        line->addWidget(m_otherName);
        line->addWidget(m_addOther);
        line->addStretch(1);
        column->addLayout(line);
        connect(m_addOther, &QPushButton::clicked, this, &ObjectEditor::addOther);
        connect(m_otherName, &QLineEdit::textChanged, this, &ObjectEditor::tell);
    }
    m_more->setAutoDefault(false);
    showMore();
}

ObjectEditor::~ObjectEditor() = default;

FieldRow *ObjectEditor::rowOf(const QString &name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const auto &row) { return row->field().name == name; });
    return found == m_rows.end() ? nullptr : found->get();
}

FieldRow *ObjectEditor::addRow(const Field &field)
{
    m_rows.push_back(std::make_unique<FieldRow>(field, m_context));
    FieldRow *const row = m_rows.back().get();
    row->addTo(m_grid);
    row->setValue(m_rest.contains(field.name) ? m_rest.take(field.name) : QJsonValue(QJsonValue::Undefined));
    connect(row, &FieldRow::edited, this, &ObjectEditor::edited);
    if (!field.isDeclared) {
        auto *const remove = new QToolButton;
        remove->setText(tr("Remove"));
        remove->setAccessibleName(tr("%1: remove").arg(captionOf(field)));
        row->addTool(remove);
        connect(remove, &QToolButton::clicked, this, [this, row] {
            removeRow(row);
            Q_EMIT edited();
        });
    }
    return row;
}

void ObjectEditor::removeRow(FieldRow *row)
{
    m_rows.erase(
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto &each) { return each.get() == row; }));
    tell();
}

void ObjectEditor::showMore()
{
    for (int i = 0; i < FormContext::RowsAtOnce && !m_hidden.isEmpty(); ++i)
        addRow(m_hidden.takeFirst());
    tell();
    Q_EMIT m_context.built();
}

void ObjectEditor::addOther()
{
    const QString name = m_otherName->text();
    if (rowOf(name) || m_rest.contains(name))
        return;
    const Field field = m_context.schema().otherMember(this->field(), name);
    FieldRow *const row = addRow(field);
    row->setValue(m_context.schema().initialValue(field));
    m_otherName->clear();
    Q_EMIT m_context.built();
    Q_EMIT edited();
    if (QWidget *const input = row->reveal({}))
        input->setFocus();
}

void ObjectEditor::tell()
{
    m_more->setVisible(!m_hidden.isEmpty());
    m_more->setText(tr("Show more (%1 left)").arg(m_hidden.size()));
    const qsizetype beyond = FormSchema::memberCount(field()) - FormSchema::MaxMembers;
    QStringList notes;
    if (beyond > 0)
        notes.append(tr("Further members, which can be written as JSON: %1.").arg(beyond));
    if (const qsizetype others = m_rest.size(); others > 0 && m_hidden.isEmpty())
        notes.append(tr("More members in the JSON: %1.").arg(others));
    if (m_rows.empty() && notes.isEmpty() && !m_otherName)
        notes.append(tr("It has no members."));
    m_beyond->setText(notes.join(u' '));
    m_beyond->setVisible(!notes.isEmpty());
    if (m_addOther)
        m_addOther->setEnabled(!m_otherName->text().isEmpty() && !rowOf(m_otherName->text()));
}

QJsonValue ObjectEditor::value() const
{
    QJsonObject object = m_rest;
    for (const auto &row : m_rows) {
        if (const QJsonValue value = row->value(); !value.isUndefined())
            object.insert(row->field().name, value);
    }
    return object;
}

void ObjectEditor::setValue(const QJsonValue &value)
{
    m_rest = value.toObject();
    std::erase_if(m_rows, [this](const auto &row) {
        return !row->field().isDeclared && !m_rest.contains(row->field().name);
    });
    for (const auto &row : m_rows) {
        const QString name = row->field().name;
        row->setValue(m_rest.contains(name) ? m_rest.take(name) : QJsonValue(QJsonValue::Undefined));
    }
    const QStringList others = m_rest.keys().mid(0, FormContext::RowsAtOnce);
    for (const QString &name : others) {
        const bool isHidden = std::any_of(m_hidden.begin(), m_hidden.end(),
                                          [&](const Field &each) { return each.name == name; });
        if (!isHidden)
            addRow(m_context.schema().otherMember(field(), name));
    }
    tell();
}

QStringList ObjectEditor::showFaults(const FaultTree &faults)
{
    FaultTree rest = faults;
    for (const auto &row : m_rows)
        row->showFaults(rest.below.take(row->field().name));
    return rest.all();
}

QWidget *ObjectEditor::reveal(const QStringList &pointer)
{
    if (pointer.isEmpty())
        return m_rows.empty() ? this : m_rows.front()->reveal({});
    while (!rowOf(pointer.first()) && !m_hidden.isEmpty())
        showMore();
    FieldRow *const row = rowOf(pointer.first());
    return row ? row->reveal(pointer.mid(1)) : this;
}

} // namespace dialogue::console
