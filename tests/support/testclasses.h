#pragma once

#include <QCoreApplication>
#include <QTest>

#include <type_traits>

/**
 * Many test classes in one program, each run in a process of its own: `<program> tst_name [CASE...] [-h]`.
 *
 * What QTEST_MAIN is to a program with one class, DIALOGUE_TEST is here. It stands in tst_name.cpp, once, and
 * says what the class runs in, which is made before it and outlives it: QCoreApplication, QApplication,
 * NoApplication, or a struct of the test's own that is made from argc and argv.
 */
#define DIALOGUE_TEST(Class, Surroundings) DIALOGUE_TEST_AS("", Class, Surroundings)

/** The same class once more, in other surroundings: `tst_name_Suffix`. */
#define DIALOGUE_TEST_AS(Suffix, Class, Surroundings) \
    static const bool DIALOGUE_TEST_NAME(Class, Surroundings) \
        = dialogue::testclasses::add(__FILE__, Suffix, &dialogue::testclasses::run<Class, Surroundings>);
#define DIALOGUE_TEST_NAME(Class, Surroundings) Class##In##Surroundings

namespace dialogue::testclasses {

/** For what needs no event loop. */
struct NoApplication
{
    NoApplication(int &, char **) { }
};

using Run = int (*)(int argc, char **argv);

/** Enters a class under the name of its file, without folder and ending. */
bool add(const char *file, const char *suffix, Run run);

template <class Class, class Surroundings>
int run(int argc, char **argv)
{
    static_assert(std::is_base_of_v<QObject, Class>);
    const Surroundings surroundings(argc, argv);
    Class test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace dialogue::testclasses

using dialogue::testclasses::NoApplication;
