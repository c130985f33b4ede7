/** The vendor's names of database engines as the conventions spell them. */
export const databaseEngines = {
  mysql: 'mysql',
  MySQL: 'mysql',
  polardb_mysql: 'mysql',
  pgsql: 'postgresql',
  postgresql: 'postgresql',
  PostgreSQL: 'postgresql',
  polardb_pg: 'postgresql',
  mssql: 'microsoft.sql_server',
  sqlserver: 'microsoft.sql_server',
  SQLServer: 'microsoft.sql_server',
  mariadb: 'mariadb',
  MariaDB: 'mariadb',
}
