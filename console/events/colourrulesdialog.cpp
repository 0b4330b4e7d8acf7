#include "console/events/colourrulesdialog.h"

#include "core/base/foreigntext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace dialogue::console {

ColourRulesDialog::ColourRulesDialog(const ColourRules &rules, FilterEdit::Vocabulary vocabulary,
                                     QWidget *parent)
    : QDialog(parent)
    , m_rules(rules.rules())
    , m_list(new QListWidget)
    , m_form(new QWidget)
    , m_by(new QComboBox)
    , m_text(new FilterEdit(std::move(vocabulary)))
    , m_fault(new QLabel)
    , m_tone(new QComboBox)
    , m_paints(new QComboBox)
    , m_add(new QPushButton(tr("&Add")))
    , m_remove(new QPushButton(tr("&Remove")))
    , m_up(new QPushButton(tr("Move &up")))
    , m_down(new QPushButton(tr("Move &down")))
{
    setWindowTitle(tr("Colours of events"));
    m_list->setAccessibleName(tr("Rules; the first that fits an event is the one"));
    m_by->addItems({tr("Event is called"), tr("Filter wants it")});
    m_by->setAccessibleName(tr("What the rule goes by"));
    m_text->setAccessibleName(tr("Name or filter"));
    m_text->tellIn(*m_fault);
    for (int tone = 0; tone <= int(Tone::Accent); ++tone)
        m_tone->addItem(toneName(Tone(tone)));
    m_tone->setAccessibleName(tr("Colour"));
    m_paints->addItems({tr("Background"), tr("Text")});
    m_paints->setAccessibleName(tr("What is coloured"));

    auto *const form = new QFormLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("&Where:"), m_by);
    form->addRow(QString(), m_text);
    form->addRow(QString(), m_fault);
    form->addRow(tr("&Colour:"), m_tone);
    form->addRow(tr("&Of the:"), m_paints);
    auto *const buttons = new QVBoxLayout;
    for (QPushButton *const button : {m_add, m_remove, m_up, m_down}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *const top = new QHBoxLayout;
    top->addWidget(m_list, 1);
    top->addLayout(buttons);
    auto *const box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = box->button(QDialogButtonBox::Ok);
    auto *const explained = new QLabel(tr("The first rule that fits an event is the one."));
    auto *const column = new QVBoxLayout(this);
    column->addWidget(explained);
    column->addLayout(top, 1);
    column->addWidget(m_form);
    column->addWidget(box);

    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &ColourRulesDialog::add);
    connect(m_remove, &QPushButton::clicked, this, &ColourRulesDialog::removeCurrent);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_list, &QListWidget::currentRowChanged, this, &ColourRulesDialog::showCurrent);
    connect(m_text, &FilterEdit::checked, this, &ColourRulesDialog::takeCurrent);
    for (QComboBox *const combo : {m_by, m_tone, m_paints})
        connect(combo, &QComboBox::currentIndexChanged, this, &ColourRulesDialog::takeCurrent);
    for (int row = 0; row < m_rules.size(); ++row) {
        m_list->addItem(QString());
        tellRow(row);
    }
    m_list->setCurrentRow(0);
    showCurrent();
    resize(sizeHint().expandedTo({fontMetrics().averageCharWidth() * 70, 0}));
}

void ColourRulesDialog::add()
{
    m_rules.append({.text = {}, .tone = Tone::Accent});
    m_list->addItem(QString());
    tellRow(int(m_rules.size()) - 1);
    m_list->setCurrentRow(int(m_rules.size()) - 1);
    m_text->setFocus();
}

void ColourRulesDialog::removeCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_rules.removeAt(row);
    delete m_list->takeItem(row);
    showCurrent();
}

void ColourRulesDialog::move(int by)
{
    const int from = m_list->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_rules.size())
        return;
    m_rules.swapItemsAt(from, to);
    tellRow(from);
    tellRow(to);
    m_list->setCurrentRow(to);
}

void ColourRulesDialog::showCurrent()
{
    const QScopedValueRollback showing(m_isShowing, true);
    const int row = m_list->currentRow();
    const ColourRule rule = row >= 0 && row < m_rules.size() ? m_rules[row] : ColourRule();
    m_by->setCurrentIndex(int(rule.by));
    m_text->setIsFilter(rule.by == ColourRule::By::Filter);
    m_text->setText(rule.text);
    m_tone->setCurrentIndex(int(rule.tone));
    m_paints->setCurrentIndex(int(rule.paints));
    update();
}

void ColourRulesDialog::takeCurrent()
{
    const int row = m_list->currentRow();
    if (m_isShowing || row < 0)
        return;
    const auto by = ColourRule::By(m_by->currentIndex());
    {
        const QScopedValueRollback showing(m_isShowing, true);
        m_text->setIsFilter(by == ColourRule::By::Filter);
    }
    m_rules[row] = {.by = by,
                    .text = m_text->text(),
                    .tone = Tone(m_tone->currentIndex()),
                    .paints = ColourRule::Paints(m_paints->currentIndex())};
    tellRow(row);
    update();
}

void ColourRulesDialog::tellRow(int row)
{
    const ColourRule &rule = m_rules[row];
    QListWidgetItem &item = *m_list->item(row);
    const QString what = rule.text.isEmpty() ? tr("(nothing yet)") : printable(rule.text);
    item.setText(tr("%1 \u2013 %2").arg(what, toneName(rule.tone).toLower()));
    const bool isBackground = rule.paints == ColourRule::Paints::Background;
    item.setBackground(isBackground ? QBrush(toneBackground(rule.tone, palette())) : QBrush());
    item.setForeground(isBackground ? palette().text() : QBrush(toneColor(rule.tone, palette())));
}

void ColourRulesDialog::update()
{
    const int row = m_list->currentRow();
    m_form->setEnabled(row >= 0);
    m_add->setEnabled(m_rules.size() < ColourRules::Most);
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_rules.size());
    const bool areRight = std::all_of(m_rules.begin(), m_rules.end(), [](const ColourRule &rule) {
        return !rule.text.trimmed().isEmpty()
            && (rule.by == ColourRule::By::Event || Filter::parse(rule.text).has_value());
    });
    m_ok->setEnabled(areRight);
    m_ok->setToolTip(areRight ? QString() : tr("A rule has no name, or a filter that is wrong"));
}

} // namespace dialogue::console
