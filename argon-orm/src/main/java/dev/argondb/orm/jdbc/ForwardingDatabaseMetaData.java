package dev.argondb.orm.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;

/**
 * The part of the metadata that H2 answers from the catalog of the connection's present schema.
 *
 * <p>Confined, as its connection.
 */
abstract class ForwardingDatabaseMetaData implements DatabaseMetaData {

    /** Returns H2's metadata over the catalog that is right now. */
    abstract DatabaseMetaData h2() throws SQLException;

    @Override
    public boolean allProceduresAreCallable() throws SQLException {
        return h2().allProceduresAreCallable();
    }

    @Override
    public boolean allTablesAreSelectable() throws SQLException {
        return h2().allTablesAreSelectable();
    }

    @Override
    public boolean autoCommitFailureClosesAllResultSets() throws SQLException {
        return h2().autoCommitFailureClosesAllResultSets();
    }

    @Override
    public boolean dataDefinitionCausesTransactionCommit() throws SQLException {
        return h2().dataDefinitionCausesTransactionCommit();
    }

    @Override
    public boolean dataDefinitionIgnoredInTransactions() throws SQLException {
        return h2().dataDefinitionIgnoredInTransactions();
    }

    @Override
    public boolean deletesAreDetected(int type) throws SQLException {
        return h2().deletesAreDetected(type);
    }

    @Override
    public boolean doesMaxRowSizeIncludeBlobs() throws SQLException {
        return h2().doesMaxRowSizeIncludeBlobs();
    }

    @Override
    public boolean generatedKeyAlwaysReturned() throws SQLException {
        return h2().generatedKeyAlwaysReturned();
    }

    @Override
    public ResultSet getAttributes(String catalog, String schema, String name, String pattern) throws SQLException {
        return h2().getAttributes(catalog, schema, name, pattern);
    }

    @Override
    public ResultSet getBestRowIdentifier(String catalog, String schema, String name, int y, boolean approximate)
            throws SQLException {
        return h2().getBestRowIdentifier(catalog, schema, name, y, approximate);
    }

    @Override
    public String getCatalogSeparator() throws SQLException {
        return h2().getCatalogSeparator();
    }

    @Override
    public String getCatalogTerm() throws SQLException {
        return h2().getCatalogTerm();
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return h2().getCatalogs();
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return h2().getClientInfoProperties();
    }

    @Override
    public ResultSet getColumnPrivileges(String catalog, String schema, String name, String pattern)
            throws SQLException {
        return h2().getColumnPrivileges(catalog, schema, name, pattern);
    }

    @Override
    public ResultSet getColumns(String catalog, String schema, String name, String pattern) throws SQLException {
        return h2().getColumns(catalog, schema, name, pattern);
    }

    @Override
    public ResultSet getCrossReference(
            String catalog, String schema, String name, String pattern, String foreignSchema, String foreignName)
            throws SQLException {
        return h2().getCrossReference(catalog, schema, name, pattern, foreignSchema, foreignName);
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        return h2().getDatabaseMajorVersion();
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        return h2().getDatabaseMinorVersion();
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        return h2().getDatabaseProductName();
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        return h2().getDatabaseProductVersion();
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String name) throws SQLException {
        return h2().getExportedKeys(catalog, schema, name);
    }

    @Override
    public String getExtraNameCharacters() throws SQLException {
        return h2().getExtraNameCharacters();
    }

    @Override
    public ResultSet getFunctionColumns(String catalog, String schema, String name, String pattern)
            throws SQLException {
        return h2().getFunctionColumns(catalog, schema, name, pattern);
    }

    @Override
    public ResultSet getFunctions(String catalog, String schema, String name) throws SQLException {
        return h2().getFunctions(catalog, schema, name);
    }

    @Override
    public String getIdentifierQuoteString() throws SQLException {
        return h2().getIdentifierQuoteString();
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String name) throws SQLException {
        return h2().getImportedKeys(catalog, schema, name);
    }

    @Override
    public ResultSet getIndexInfo(String catalog, String schema, String name, boolean unique, boolean approximate)
            throws SQLException {
        return h2().getIndexInfo(catalog, schema, name, unique, approximate);
    }

    @Override
    public int getJDBCMajorVersion() throws SQLException {
        return h2().getJDBCMajorVersion();
    }

    @Override
    public int getJDBCMinorVersion() throws SQLException {
        return h2().getJDBCMinorVersion();
    }

    @Override
    public int getMaxBinaryLiteralLength() throws SQLException {
        return h2().getMaxBinaryLiteralLength();
    }

    @Override
    public int getMaxCatalogNameLength() throws SQLException {
        return h2().getMaxCatalogNameLength();
    }

    @Override
    public int getMaxCharLiteralLength() throws SQLException {
        return h2().getMaxCharLiteralLength();
    }

    @Override
    public int getMaxColumnNameLength() throws SQLException {
        return h2().getMaxColumnNameLength();
    }

    @Override
    public int getMaxColumnsInGroupBy() throws SQLException {
        return h2().getMaxColumnsInGroupBy();
    }

    @Override
    public int getMaxColumnsInIndex() throws SQLException {
        return h2().getMaxColumnsInIndex();
    }

    @Override
    public int getMaxColumnsInOrderBy() throws SQLException {
        return h2().getMaxColumnsInOrderBy();
    }

    @Override
    public int getMaxColumnsInSelect() throws SQLException {
        return h2().getMaxColumnsInSelect();
    }

    @Override
    public int getMaxColumnsInTable() throws SQLException {
        return h2().getMaxColumnsInTable();
    }

    @Override
    public int getMaxConnections() throws SQLException {
        return h2().getMaxConnections();
    }

    @Override
    public int getMaxCursorNameLength() throws SQLException {
        return h2().getMaxCursorNameLength();
    }

    @Override
    public int getMaxIndexLength() throws SQLException {
        return h2().getMaxIndexLength();
    }

    @Override
    public long getMaxLogicalLobSize() throws SQLException {
        return h2().getMaxLogicalLobSize();
    }

    @Override
    public int getMaxProcedureNameLength() throws SQLException {
        return h2().getMaxProcedureNameLength();
    }

    @Override
    public int getMaxRowSize() throws SQLException {
        return h2().getMaxRowSize();
    }

    @Override
    public int getMaxSchemaNameLength() throws SQLException {
        return h2().getMaxSchemaNameLength();
    }

    @Override
    public int getMaxStatementLength() throws SQLException {
        return h2().getMaxStatementLength();
    }

    @Override
    public int getMaxStatements() throws SQLException {
        return h2().getMaxStatements();
    }

    @Override
    public int getMaxTableNameLength() throws SQLException {
        return h2().getMaxTableNameLength();
    }

    @Override
    public int getMaxTablesInSelect() throws SQLException {
        return h2().getMaxTablesInSelect();
    }

    @Override
    public int getMaxUserNameLength() throws SQLException {
        return h2().getMaxUserNameLength();
    }

    @Override
    public String getNumericFunctions() throws SQLException {
        return h2().getNumericFunctions();
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String name) throws SQLException {
        return h2().getPrimaryKeys(catalog, schema, name);
    }

    @Override
    public ResultSet getProcedureColumns(String catalog, String schema, String name, String pattern)
            throws SQLException {
        return h2().getProcedureColumns(catalog, schema, name, pattern);
    }

    @Override
    public String getProcedureTerm() throws SQLException {
        return h2().getProcedureTerm();
    }

    @Override
    public ResultSet getProcedures(String catalog, String schema, String name) throws SQLException {
        return h2().getProcedures(catalog, schema, name);
    }

    @Override
    public ResultSet getPseudoColumns(String catalog, String schema, String name, String pattern) throws SQLException {
        return h2().getPseudoColumns(catalog, schema, name, pattern);
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        return h2().getResultSetHoldability();
    }

    @Override
    public RowIdLifetime getRowIdLifetime() throws SQLException {
        return h2().getRowIdLifetime();
    }

    @Override
    public String getSQLKeywords() throws SQLException {
        return h2().getSQLKeywords();
    }

    @Override
    public int getSQLStateType() throws SQLException {
        return h2().getSQLStateType();
    }

    @Override
    public String getSchemaTerm() throws SQLException {
        return h2().getSchemaTerm();
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return h2().getSchemas();
    }

    @Override
    public ResultSet getSchemas(String catalog, String schema) throws SQLException {
        return h2().getSchemas(catalog, schema);
    }

    @Override
    public String getSearchStringEscape() throws SQLException {
        return h2().getSearchStringEscape();
    }

    @Override
    public String getStringFunctions() throws SQLException {
        return h2().getStringFunctions();
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schema, String name) throws SQLException {
        return h2().getSuperTables(catalog, schema, name);
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schema, String name) throws SQLException {
        return h2().getSuperTypes(catalog, schema, name);
    }

    @Override
    public String getSystemFunctions() throws SQLException {
        return h2().getSystemFunctions();
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schema, String name) throws SQLException {
        return h2().getTablePrivileges(catalog, schema, name);
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return h2().getTableTypes();
    }

    @Override
    public ResultSet getTables(String catalog, String schema, String name, String[] types) throws SQLException {
        return h2().getTables(catalog, schema, name, types);
    }

    @Override
    public String getTimeDateFunctions() throws SQLException {
        return h2().getTimeDateFunctions();
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return h2().getTypeInfo();
    }

    @Override
    public ResultSet getUDTs(String catalog, String schema, String name, int[] types) throws SQLException {
        return h2().getUDTs(catalog, schema, name, types);
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String name) throws SQLException {
        return h2().getVersionColumns(catalog, schema, name);
    }

    @Override
    public boolean insertsAreDetected(int type) throws SQLException {
        return h2().insertsAreDetected(type);
    }

    @Override
    public boolean isCatalogAtStart() throws SQLException {
        return h2().isCatalogAtStart();
    }

    @Override
    public boolean locatorsUpdateCopy() throws SQLException {
        return h2().locatorsUpdateCopy();
    }

    @Override
    public boolean nullPlusNonNullIsNull() throws SQLException {
        return h2().nullPlusNonNullIsNull();
    }

    @Override
    public boolean nullsAreSortedAtEnd() throws SQLException {
        return h2().nullsAreSortedAtEnd();
    }

    @Override
    public boolean nullsAreSortedAtStart() throws SQLException {
        return h2().nullsAreSortedAtStart();
    }

    @Override
    public boolean nullsAreSortedHigh() throws SQLException {
        return h2().nullsAreSortedHigh();
    }

    @Override
    public boolean nullsAreSortedLow() throws SQLException {
        return h2().nullsAreSortedLow();
    }

    @Override
    public boolean othersDeletesAreVisible(int type) throws SQLException {
        return h2().othersDeletesAreVisible(type);
    }

    @Override
    public boolean othersInsertsAreVisible(int type) throws SQLException {
        return h2().othersInsertsAreVisible(type);
    }

    @Override
    public boolean othersUpdatesAreVisible(int type) throws SQLException {
        return h2().othersUpdatesAreVisible(type);
    }

    @Override
    public boolean ownDeletesAreVisible(int type) throws SQLException {
        return h2().ownDeletesAreVisible(type);
    }

    @Override
    public boolean ownInsertsAreVisible(int type) throws SQLException {
        return h2().ownInsertsAreVisible(type);
    }

    @Override
    public boolean ownUpdatesAreVisible(int type) throws SQLException {
        return h2().ownUpdatesAreVisible(type);
    }

    @Override
    public boolean storesLowerCaseIdentifiers() throws SQLException {
        return h2().storesLowerCaseIdentifiers();
    }

    @Override
    public boolean storesLowerCaseQuotedIdentifiers() throws SQLException {
        return h2().storesLowerCaseQuotedIdentifiers();
    }

    @Override
    public boolean storesMixedCaseIdentifiers() throws SQLException {
        return h2().storesMixedCaseIdentifiers();
    }

    @Override
    public boolean storesMixedCaseQuotedIdentifiers() throws SQLException {
        return h2().storesMixedCaseQuotedIdentifiers();
    }

    @Override
    public boolean storesUpperCaseIdentifiers() throws SQLException {
        return h2().storesUpperCaseIdentifiers();
    }

    @Override
    public boolean storesUpperCaseQuotedIdentifiers() throws SQLException {
        return h2().storesUpperCaseQuotedIdentifiers();
    }

    @Override
    public boolean supportsANSI92EntryLevelSQL() throws SQLException {
        return h2().supportsANSI92EntryLevelSQL();
    }

    @Override
    public boolean supportsANSI92FullSQL() throws SQLException {
        return h2().supportsANSI92FullSQL();
    }

    @Override
    public boolean supportsANSI92IntermediateSQL() throws SQLException {
        return h2().supportsANSI92IntermediateSQL();
    }

    @Override
    public boolean supportsAlterTableWithAddColumn() throws SQLException {
        return h2().supportsAlterTableWithAddColumn();
    }

    @Override
    public boolean supportsAlterTableWithDropColumn() throws SQLException {
        return h2().supportsAlterTableWithDropColumn();
    }

    @Override
    public boolean supportsBatchUpdates() throws SQLException {
        return h2().supportsBatchUpdates();
    }

    @Override
    public boolean supportsCatalogsInDataManipulation() throws SQLException {
        return h2().supportsCatalogsInDataManipulation();
    }

    @Override
    public boolean supportsCatalogsInIndexDefinitions() throws SQLException {
        return h2().supportsCatalogsInIndexDefinitions();
    }

    @Override
    public boolean supportsCatalogsInPrivilegeDefinitions() throws SQLException {
        return h2().supportsCatalogsInPrivilegeDefinitions();
    }

    @Override
    public boolean supportsCatalogsInProcedureCalls() throws SQLException {
        return h2().supportsCatalogsInProcedureCalls();
    }

    @Override
    public boolean supportsCatalogsInTableDefinitions() throws SQLException {
        return h2().supportsCatalogsInTableDefinitions();
    }

    @Override
    public boolean supportsColumnAliasing() throws SQLException {
        return h2().supportsColumnAliasing();
    }

    @Override
    public boolean supportsConvert() throws SQLException {
        return h2().supportsConvert();
    }

    @Override
    public boolean supportsConvert(int type, int toType) throws SQLException {
        return h2().supportsConvert(type, toType);
    }

    @Override
    public boolean supportsCoreSQLGrammar() throws SQLException {
        return h2().supportsCoreSQLGrammar();
    }

    @Override
    public boolean supportsCorrelatedSubqueries() throws SQLException {
        return h2().supportsCorrelatedSubqueries();
    }

    @Override
    public boolean supportsDataDefinitionAndDataManipulationTransactions() throws SQLException {
        return h2().supportsDataDefinitionAndDataManipulationTransactions();
    }

    @Override
    public boolean supportsDataManipulationTransactionsOnly() throws SQLException {
        return h2().supportsDataManipulationTransactionsOnly();
    }

    @Override
    public boolean supportsDifferentTableCorrelationNames() throws SQLException {
        return h2().supportsDifferentTableCorrelationNames();
    }

    @Override
    public boolean supportsExpressionsInOrderBy() throws SQLException {
        return h2().supportsExpressionsInOrderBy();
    }

    @Override
    public boolean supportsExtendedSQLGrammar() throws SQLException {
        return h2().supportsExtendedSQLGrammar();
    }

    @Override
    public boolean supportsFullOuterJoins() throws SQLException {
        return h2().supportsFullOuterJoins();
    }

    @Override
    public boolean supportsGetGeneratedKeys() throws SQLException {
        return h2().supportsGetGeneratedKeys();
    }

    @Override
    public boolean supportsGroupBy() throws SQLException {
        return h2().supportsGroupBy();
    }

    @Override
    public boolean supportsGroupByBeyondSelect() throws SQLException {
        return h2().supportsGroupByBeyondSelect();
    }

    @Override
    public boolean supportsGroupByUnrelated() throws SQLException {
        return h2().supportsGroupByUnrelated();
    }

    @Override
    public boolean supportsIntegrityEnhancementFacility() throws SQLException {
        return h2().supportsIntegrityEnhancementFacility();
    }

    @Override
    public boolean supportsLikeEscapeClause() throws SQLException {
        return h2().supportsLikeEscapeClause();
    }

    @Override
    public boolean supportsLimitedOuterJoins() throws SQLException {
        return h2().supportsLimitedOuterJoins();
    }

    @Override
    public boolean supportsMinimumSQLGrammar() throws SQLException {
        return h2().supportsMinimumSQLGrammar();
    }

    @Override
    public boolean supportsMixedCaseIdentifiers() throws SQLException {
        return h2().supportsMixedCaseIdentifiers();
    }

    @Override
    public boolean supportsMixedCaseQuotedIdentifiers() throws SQLException {
        return h2().supportsMixedCaseQuotedIdentifiers();
    }

    @Override
    public boolean supportsMultipleOpenResults() throws SQLException {
        return h2().supportsMultipleOpenResults();
    }

    @Override
    public boolean supportsMultipleResultSets() throws SQLException {
        return h2().supportsMultipleResultSets();
    }

    @Override
    public boolean supportsMultipleTransactions() throws SQLException {
        return h2().supportsMultipleTransactions();
    }

    @Override
    public boolean supportsNamedParameters() throws SQLException {
        return h2().supportsNamedParameters();
    }

    @Override
    public boolean supportsNonNullableColumns() throws SQLException {
        return h2().supportsNonNullableColumns();
    }

    @Override
    public boolean supportsOpenCursorsAcrossCommit() throws SQLException {
        return h2().supportsOpenCursorsAcrossCommit();
    }

    @Override
    public boolean supportsOpenCursorsAcrossRollback() throws SQLException {
        return h2().supportsOpenCursorsAcrossRollback();
    }

    @Override
    public boolean supportsOpenStatementsAcrossCommit() throws SQLException {
        return h2().supportsOpenStatementsAcrossCommit();
    }

    @Override
    public boolean supportsOpenStatementsAcrossRollback() throws SQLException {
        return h2().supportsOpenStatementsAcrossRollback();
    }

    @Override
    public boolean supportsOrderByUnrelated() throws SQLException {
        return h2().supportsOrderByUnrelated();
    }

    @Override
    public boolean supportsOuterJoins() throws SQLException {
        return h2().supportsOuterJoins();
    }

    @Override
    public boolean supportsPositionedDelete() throws SQLException {
        return h2().supportsPositionedDelete();
    }

    @Override
    public boolean supportsPositionedUpdate() throws SQLException {
        return h2().supportsPositionedUpdate();
    }

    @Override
    public boolean supportsRefCursors() throws SQLException {
        return h2().supportsRefCursors();
    }

    @Override
    public boolean supportsResultSetConcurrency(int type, int toType) throws SQLException {
        return h2().supportsResultSetConcurrency(type, toType);
    }

    @Override
    public boolean supportsResultSetHoldability(int type) throws SQLException {
        return h2().supportsResultSetHoldability(type);
    }

    @Override
    public boolean supportsResultSetType(int type) throws SQLException {
        return h2().supportsResultSetType(type);
    }

    @Override
    public boolean supportsSavepoints() throws SQLException {
        return h2().supportsSavepoints();
    }

    @Override
    public boolean supportsSchemasInDataManipulation() throws SQLException {
        return h2().supportsSchemasInDataManipulation();
    }

    @Override
    public boolean supportsSchemasInIndexDefinitions() throws SQLException {
        return h2().supportsSchemasInIndexDefinitions();
    }

    @Override
    public boolean supportsSchemasInPrivilegeDefinitions() throws SQLException {
        return h2().supportsSchemasInPrivilegeDefinitions();
    }

    @Override
    public boolean supportsSchemasInProcedureCalls() throws SQLException {
        return h2().supportsSchemasInProcedureCalls();
    }

    @Override
    public boolean supportsSchemasInTableDefinitions() throws SQLException {
        return h2().supportsSchemasInTableDefinitions();
    }

    @Override
    public boolean supportsSelectForUpdate() throws SQLException {
        return h2().supportsSelectForUpdate();
    }

    @Override
    public boolean supportsSharding() throws SQLException {
        return h2().supportsSharding();
    }

    @Override
    public boolean supportsStatementPooling() throws SQLException {
        return h2().supportsStatementPooling();
    }

    @Override
    public boolean supportsStoredFunctionsUsingCallSyntax() throws SQLException {
        return h2().supportsStoredFunctionsUsingCallSyntax();
    }

    @Override
    public boolean supportsStoredProcedures() throws SQLException {
        return h2().supportsStoredProcedures();
    }

    @Override
    public boolean supportsSubqueriesInComparisons() throws SQLException {
        return h2().supportsSubqueriesInComparisons();
    }

    @Override
    public boolean supportsSubqueriesInExists() throws SQLException {
        return h2().supportsSubqueriesInExists();
    }

    @Override
    public boolean supportsSubqueriesInIns() throws SQLException {
        return h2().supportsSubqueriesInIns();
    }

    @Override
    public boolean supportsSubqueriesInQuantifieds() throws SQLException {
        return h2().supportsSubqueriesInQuantifieds();
    }

    @Override
    public boolean supportsTableCorrelationNames() throws SQLException {
        return h2().supportsTableCorrelationNames();
    }

    @Override
    public boolean supportsTransactions() throws SQLException {
        return h2().supportsTransactions();
    }

    @Override
    public boolean supportsUnion() throws SQLException {
        return h2().supportsUnion();
    }

    @Override
    public boolean supportsUnionAll() throws SQLException {
        return h2().supportsUnionAll();
    }

    @Override
    public boolean updatesAreDetected(int type) throws SQLException {
        return h2().updatesAreDetected(type);
    }

    @Override
    public boolean usesLocalFilePerTable() throws SQLException {
        return h2().usesLocalFilePerTable();
    }

    @Override
    public boolean usesLocalFiles() throws SQLException {
        return h2().usesLocalFiles();
    }
}
