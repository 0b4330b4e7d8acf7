#include "console/form/fieldrow.h"

#include "console/form/fieldhint.h"
#include "console/look/tonedlabel.h"

#include <QCheckBox>
#include <QGraphicsOpacityEffect>
#include <QGridLayout>
#include <QJsonArray>
#include <QSignalBlocker>
#include <QToolButton>

namespace dialogue::console {

namespace {

constexpr int Indent = 8;

/** Below its name, and as wide as there is room. */
bool standsAlone(FieldKind kind) { return isContainer(kind) || kind == FieldKind::Branches; }

QString countOfItems(qsizetype count)
{
    return count == 1 ? FieldRow::tr("1 item") : FieldRow::tr("%1 items").arg(count);
}

QGraphicsEffect *faintness(QObject *parent)
{
    auto *const effect = new QGraphicsOpacityEffect(parent);
    effect->setOpacity(0.35);
    return effect;
}

QWidget *setOff(QWidget *body)
{
    auto *const block = new QWidget;
    auto *const line = new QWidget;
    line->setFixedWidth(1);
    // Of the colour of text, faintly: Mid is not to be seen where it is dark.
    line->setGraphicsEffect(faintness(line));
    line->setBackgroundRole(QPalette::WindowText);
    line->setAutoFillBackground(true);
    auto *const layout = new QHBoxLayout(block);
    layout->setContentsMargins(Indent, 0, 0, 0);
    layout->setSpacing(Indent);
    layout->addWidget(line);
    layout->addWidget(body, 1);
    return block;
}

} // namespace

FieldRow::FieldRow(const Field &field, FormContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_heading(new QWidget)
    , m_line(new QBoxLayout(standsAlone(field.kind) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom,
                            m_heading))
    , m_remark(new TonedLabel(Tone::Quiet))
    , m_body(new FieldBody(field, context))
    , m_block(standsAlone(field.kind) ? setOff(m_body) : m_body)
{
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->setSpacing(standsAlone(field.kind) ? 6 : 0);
    m_remark->setWordWrap(false);
    const QString caption = captionOf(field);
    if (isContainer(field.kind)) {
        m_fold = new QToolButton;
        m_fold->setAutoRaise(true);
        m_line->addWidget(m_fold);
        connect(m_fold, &QToolButton::clicked, this, [this] { m_body->setFolded(!m_body->isFolded()); });
    }
    if (field.isRequired) {
        m_name = new QLabel;
        m_name->setTextFormat(Qt::PlainText);
        m_line->addWidget(m_name);
    } else {
        m_set = new QCheckBox;
        m_line->addWidget(m_set);
        connect(m_set, &QCheckBox::toggled, this, &FieldRow::setByHand);
    }
    m_line->addWidget(m_remark);
    if (standsAlone(field.kind))
        m_line->addStretch(1);
    setCaption(caption);
    connect(m_body, &FieldBody::edited, this, [this] {
        tell();
        Q_EMIT edited();
    });
    connect(m_body, &FieldBody::foldedChanged, this, &FieldRow::tell);
    tell();
}

FieldRow::~FieldRow()
{
    // Later: one of them may be telling us right now.
    for (QWidget *const each : {m_heading, m_block}) {
        each->hide();
        each->deleteLater();
    }
}

void FieldRow::addTo(QGridLayout *grid)
{
    const int row = grid->rowCount();
    if (standsAlone(field().kind)) {
        grid->addWidget(m_heading, row, 0, 1, 2);
        grid->addWidget(m_block, row + 1, 0, 1, 2);
    } else {
        grid->addWidget(m_heading, row, 0, Qt::AlignTop);
        grid->addWidget(m_block, row, 1);
    }
    showBlock();
}

void FieldRow::addTool(QWidget *tool)
{
    if (standsAlone(field().kind))
        return m_line->addWidget(tool);
    // There the line goes down.
    m_line->addWidget(tool, 0, Qt::AlignLeft);
}

void FieldRow::setCaption(const QString &caption)
{
    if (m_set) {
        m_set->setText(QString(caption).replace(u'&', QLatin1String("&&")));
        m_set->setAccessibleName(tr("%1, optional").arg(caption));
    } else {
        m_name->setText(caption);
    }
    if (m_fold)
        m_fold->setAccessibleName(tr("%1: fold").arg(caption));
}

void FieldRow::setValue(const QJsonValue &value)
{
    m_body->setValue(value);
    tell();
}

void FieldRow::setByHand(bool set)
{
    setValue(set ? m_context.schema().initialValue(field()) : QJsonValue(QJsonValue::Undefined));
    if (set)
        m_body->setFolded(false);
    Q_EMIT edited();
}

void FieldRow::tell()
{
    const QJsonValue now = m_body->value();
    const bool isSet = !now.isUndefined();
    if (m_set) {
        const QSignalBlocker quiet(m_set);
        m_set->setChecked(isSet);
    }
    QStringList remarks;
    if (field().isRequired && field().isDeclared && !field().name.isEmpty())
        remarks.append(tr("required"));
    if (isSet && now.isArray() && isContainer(field().kind))
        remarks.append(countOfItems(now.toArray().size()));
    else if (!isSet && !field().isRequired && standsAlone(field().kind))
        remarks.append(tr("not set"));
    m_remark->setText(remarks.join(QStringLiteral(", ")));
    m_remark->setVisible(!remarks.isEmpty());
    showBlock();
    if (!m_fold)
        return;
    m_fold->setArrowType(m_body->isFolded() ? (m_heading->isRightToLeft() ? Qt::LeftArrow : Qt::RightArrow)
                                            : Qt::DownArrow);
    m_fold->setVisible(isSet);
    m_fold->setAccessibleDescription(m_body->isFolded() ? tr("folded") : tr("unfolded"));
}

void FieldRow::showBlock()
{
    // Before it is in a grid it would be a window.
    if (m_block->parentWidget())
        m_block->setVisible(m_body->saysSomething());
}

void FieldRow::showFaults(const FaultTree &faults)
{
    m_body->showFaults(faults);
    showBlock();
}

QWidget *FieldRow::reveal(const QStringList &pointer)
{
    QWidget *const at = m_body->reveal(pointer);
    if (at != m_body || !m_set)
        return at;
    return m_set;
}

} // namespace dialogue::console
