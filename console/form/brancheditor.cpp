#include "console/form/brancheditor.h"

#include "console/form/fieldbody.h"
#include "console/form/fieldhint.h"
#include "console/form/fieldvalues.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace dialogue::console {

BranchEditor::BranchEditor(const Field &field, FormContext &context, QWidget *parent)
    : FieldEditor(field, parent)
    , m_context(context)
    , m_branches(context.schema().branches(field))
    , m_box(new QComboBox)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 2, 0, 0);
    m_layout->addWidget(m_box, 0, Qt::AlignLeft);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(18);
    for (const Field &branch : std::as_const(m_branches))
        m_box->addItem(branchCaptionOf(branch));
    setInput(m_box);
    connect(m_box, &QComboBox::currentIndexChanged, this, &BranchEditor::choose);
}

QJsonValue BranchEditor::value() const { return m_body ? m_body->value() : QJsonValue(); }

void BranchEditor::setValue(const QJsonValue &value)
{
    // The one that is shown stays, as long as it can: two branches may both take the value.
    const int branch = m_context.schema().branchOf(field(), value);
    if (m_body && branch == m_shown)
        return m_body->setValue(value);
    show(std::max(branch, 0), value);
}

void BranchEditor::show(int branch, const QJsonValue &value)
{
    const QSignalBlocker quiet(m_box);
    m_box->setCurrentIndex(branch);
    m_shown = branch;
    if (m_body) {
        m_body->hide();
        m_body->deleteLater();
    }
    m_body = new FieldBody(m_branches[branch], m_context);
    m_layout->addWidget(m_body);
    m_body->setFolded(false);
    m_body->setValue(value);
    connect(m_body, &FieldBody::edited, this, &BranchEditor::edited);
    Q_EMIT m_context.built();
}

void BranchEditor::choose(int branch)
{
    if (branch < 0 || branch == m_shown)
        return;
    const QJsonValue before = value();
    QJsonValue now = m_context.schema().initialValue(m_branches[branch]);
    if (now.isObject() && before.isObject()) {
        QJsonObject object = now.toObject();
        const QList<Field> members = m_context.schema().members(m_branches[branch]);
        for (const Field &member : members) {
            if (const QJsonValue kept = before[member.name]; canHold(member, kept))
                object.insert(member.name, kept);
        }
        now = object;
    } else if (m_branches[branch].kind != FieldKind::Json && canHold(m_branches[branch], before)) {
        now = before;
    }
    show(branch, now);
    Q_EMIT edited();
}

QStringList BranchEditor::showFaults(const FaultTree &faults)
{
    if (!m_body)
        return faults.all();
    m_body->showFaults(faults);
    return {};
}

QWidget *BranchEditor::reveal(const QStringList &pointer)
{
    return pointer.isEmpty() || !m_body ? m_box : m_body->reveal(pointer);
}

} // namespace dialogue::console
