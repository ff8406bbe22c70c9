// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** The picture of the rooms, as rules. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.datasetdb");

    @Test
    void roomsSeeOnlyWhatIsBelow() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("parquet-store")
                .definedBy("io.datasetdb.store..", "io.datasetdb.vector..", "io.datasetdb.error..")
                .layer("registry")
                .definedBy("io.datasetdb.registry..")
                .layer("udf")
                .definedBy("io.datasetdb.udf..")
                .layer("calcite-adapter")
                .definedBy("io.datasetdb.sql..")
                // In the same module: what Java programs see.
                .layer("java")
                .definedBy("io.datasetdb", "io.datasetdb.internal..")
                .layer("jdbc-driver")
                .definedBy("io.datasetdb.jdbc..", "io.datasetdb.server..", "io.datasetdb.cli..")
                .whereLayer("jdbc-driver")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("calcite-adapter")
                .mayOnlyBeAccessedByLayers("jdbc-driver", "java")
                .whereLayer("java")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("registry")
                .mayOnlyBeAccessedByLayers("calcite-adapter", "jdbc-driver")
                .whereLayer("udf")
                .mayOnlyBeAccessedByLayers("calcite-adapter", "java")
                .check(CLASSES);
    }

    /** Commands that need no SQL must not pay for it; everything else goes through the engine. */
    @Test
    void ofTheDriverRoomOnlyTheCommandLineKnowsTheRegistry() {
        noClasses()
                .that()
                .resideInAnyPackage("io.datasetdb.jdbc..", "io.datasetdb.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.datasetdb.registry..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.datasetdb.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.datasetdb.registry.internal..")
                .check(CLASSES);
    }

    @Test
    void onlyTheParquetPackageKnowsParquet() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.datasetdb.store.internal.parquet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.parquet..")
                .check(CLASSES);
    }

    @Test
    void onlyTheAdapterKnowsCalcite() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.datasetdb.sql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.calcite.rel..",
                        "org.apache.calcite.rex..",
                        "org.apache.calcite.sql..",
                        "org.apache.calcite.plan..",
                        "org.apache.calcite.schema..",
                        "org.apache.calcite.prepare..",
                        "org.apache.calcite.jdbc..")
                .check(CLASSES);
    }

    @Test
    void operatorsAndKernelsKnowNothingOfCalcite() {
        noClasses()
                .that()
                .resideInAnyPackage("io.datasetdb.sql.exec..", "io.datasetdb.sql.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.calcite..", "io.datasetdb.sql.plan..", "io.datasetdb.sql.schema..")
                .check(CLASSES);
    }

    @Test
    void kernelsKnowNothingOfOperators() {
        noClasses()
                .that()
                .resideInAPackage("io.datasetdb.sql.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.datasetdb.sql.exec..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDriverRoomKnowsAvatica() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.datasetdb.jdbc..", "io.datasetdb.server..", "io.datasetdb.cli..")
                // Calcite's own values and time units come in Avatica's jar.
                .and()
                .resideOutsideOfPackage("io.datasetdb.sql..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.calcite.avatica..")
                .check(CLASSES);
    }

    @Test
    void theThinDriverNeedsNeitherEngineNorServer() {
        noClasses()
                .that()
                .resideInAPackage("io.datasetdb.jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.datasetdb.sql..",
                        "io.datasetdb.server..",
                        "io.datasetdb.registry..",
                        "io.datasetdb.store..",
                        "io.datasetdb.udf..",
                        "org.eclipse.jetty..",
                        "org.apache.hadoop..")
                .check(CLASSES);
    }

    @Test
    void hadoopStaysBehindItsStorage() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.datasetdb.store.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .that()
                // The names in there are JavaCC's.
                .resideOutsideOfPackage("io.datasetdb.sql.parse.generated..")
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?)$")
                .check(CLASSES);
    }
}
