-- How many articles name any of three countries, and how many all of them?
-- The sum over the countries would count an article as often as it names one of them: nine, in place of seven.

select *
from count_articles(['India', 'Russia', 'Turkey'])
